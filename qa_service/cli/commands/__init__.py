"""The commands of ``qa-service``. Most of them are in a module of the same name.

Commands that change the data are in ``upkeep``, and those that print figures across reports are in ``overviews``. A new
command needs a line in ``qa_service.cli.main``. A command reads its arguments, calls another package and prints the
result. ``answering`` has what the commands that ask questions share.
"""
