"""Files of rows and cells, as spreadsheets save them, whatever the rows mean.

`encodings` tells how a text was saved; `workbooks` opens an Excel workbook, whose texts `texts_on_disk` keeps out of
memory.
"""
