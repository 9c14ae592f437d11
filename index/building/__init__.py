"""Turns reports into a new build of the index, and looks after the builds.

Modules here find files and read them in worker processes. They reuse parts of the previous build, embed new texts, and
publish the new build. They also verify builds, go back to an earlier build, and delete old ones. Only code that writes
builds belongs here. Code that is needed to answer a question belongs in ``index.search``.
"""
