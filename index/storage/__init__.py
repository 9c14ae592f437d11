"""Stores everything that an index keeps on disk, reads it back, and checks it.

Modules here know about the folders of an installation, and the manifest and store of a build. They also know about the
lists next to the builds: removed reports, collections and the audit log. They know nothing about vectors, terms or
encoders.
"""
