"""Raw material: articles as they lie around, read into paragraphs without what surrounds them.

Pure parsers over text and bytes. None of them opens a file or an address.
"""
