# Aliases; everything is in dev.py, which runs on any Python 3.8 or newer.
COMMANDS = run test lint format types bench eval lock shell
.PHONY: $(COMMANDS)
$(COMMANDS):
	@python3 dev.py $@
