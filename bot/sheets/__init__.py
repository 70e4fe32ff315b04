"""Files for spreadsheets: what a workbook holds (model), written as XLSX or CSV so that no text in it becomes a formula.

    write_xlsx(book, target, progress)
    write_csv(book, target, encoding, progress)

`book` is a model.Book, `target` a binary file that can seek; `progress(done, rows)` is told how far it is. The first sheet of
a book that has `csv` set is what a CSV file holds. Pure of permissions and of what the cells mean.
"""
