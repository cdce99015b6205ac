"""The demo newsroom: invented people, companies and pieces that show every feature somewhere.

Words and loader are apart: story.py says in which form the words come, people.py and the four
topics hold them, the other modules put them into the database and take them out again.
"""
