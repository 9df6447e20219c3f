"""The bill of bench_pdf's CONTENT by WeasyPrint, without the code:
  python3 pdf_weasyprint.py COUNT OUT CONTENT"""
import html
import itertools
import json
import sys

import weasyprint

STYLE = ("body{font-family:'DejaVu Sans';font-size:9pt}"
         "table{width:100%;border-collapse:collapse}"
         "h2{font-size:12pt}td{border-top:.3pt solid #000}td+td{text-align:right}")
NAMES = ("lines", "sums", "registers")


def table(rows):
    return "<table>" + "".join(
        "<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row)
        + "</tr>" for row in rows) + "</table>"


def main():
    count, out, content = sys.argv[1:]
    with open(content, encoding="utf-8") as file:
        bill = json.load(file)
    parts = itertools.zip_longest(*bill["columns"], fillvalue="")
    text = (f"<!doctype html><html lang=ro><style>{STYLE}</style>"
            f"<h1>{' '.join(bill['title'])}</h1>" + table(parts) + "<p>"
            + "<br>".join(map(html.escape, bill["pay"])) + "</p>"
            + "".join(f"<h2>{html.escape(title)}</h2>{table(bill[name])}"
                      for title, name in zip(bill["sections"], NAMES))
            + "<p>" + "<br>".join(map(html.escape, bill["foot"])) + "</p>")
    for _ in range(int(count)):
        made = weasyprint.HTML(string=text).write_pdf()
    with open(out, "wb") as file:
        file.write(made)


main()
