"""Everything that an index keeps on disk, and how it is read back and checked.

Modules here know about the folders of an installation, the manifest and the store of a build, and the lists next to the
builds: removed reports, collections and the audit log. They know nothing about vectors, terms or encoders.
"""
