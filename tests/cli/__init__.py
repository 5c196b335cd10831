"""The command line, as people and scripts meet it: real files, real exit codes, real terminals."""
