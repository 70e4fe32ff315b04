"""The life of personal data: what is kept on people, where, how long, and how it ends."""
