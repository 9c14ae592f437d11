"""The commands of ``qa-service``. Most of them are in a module of the same name.

A new command belongs here, with a line in ``qa_service.cli.main``. A command reads its arguments, calls another
package and prints the result. Modules that several commands share (``answering``, ``updating``) are here too.
"""
