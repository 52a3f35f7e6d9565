"""The commands of `whisper-transcriber-server`; they print, and leave the rules to the services."""
