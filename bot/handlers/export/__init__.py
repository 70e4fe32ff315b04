"""Files for HR: asked for in chat, made on the console and the command line, on record with their purpose."""
