"""How the knowledge base learns: feedback, questions nobody could answer, and asking the experts."""
