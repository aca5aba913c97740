#!/usr/bin/env python3
"""What a PDF tells a reader who cannot see it, as JSON: `structure.py FILE`.

Reads the file with qpdf's library (pikepdf) alone: the structure tree, the marked content of each page, the fonts. It
knows nothing of the program that wrote it. Judges nothing: the tests do.
"""

import json
import re
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream


def main(path):
    with pikepdf.open(path) as pdf:
        pages = [Page(page) for page in pdf.pages]
        root = pdf.Root
        tree = root.get(Name.StructTreeRoot)
        reader = Reader(pages, {page.obj.objgen: at for at, page in enumerate(pdf.pages)}, tree)
        for kid in kids(tree.get(Name.K)):
            reader.element(kid, None, [])
        with pdf.open_metadata() as metadata:
            xmp = str(metadata)
        print(json.dumps({
            "language": text_of(root.get(Name.Lang)),
            "marked": bool(root.get(Name.MarkInfo, {}).get(Name.Marked, False)),
            "showsTitle": bool(root.get(Name.ViewerPreferences, {}).get(Name.DisplayDocTitle, False)),
            "title": text_of(pdf.docinfo.get(Name.Title)),
            "dates": [key for key in ("/CreationDate", "/ModDate") if key in pdf.docinfo],
            "accessible": re.search(r"pdfuaid:part[^0-9]*1", xmp) is not None,
            "scripts": any(name in str(list(root.keys())) for name in ("/OpenAction", "/AA"))
            or Name.JavaScript in root.get(Name.Names, Dictionary()),
            "outline": outline(root.get(Name.Outlines)),
            "elements": reader.elements,
            "unread": [list(place) for place in reader.unread()],
            "bare": [at for at, page in enumerate(pages) if page.bare],
            "artifacts": [" ".join(page.artifacts) for page in pages],
            "fonts": fonts(pdf),
            "annotations": [link for page in pdf.pages for link in annotations(page)],
            "tabs": [str(page.obj.get(Name.Tabs)) for page in pdf.pages],
        }))


class Page:
    """The text of each piece of marked content of a page, and what is marked as no content."""

    def __init__(self, page):
        self.marked = {}
        self.artifacts = []
        self.bare = False
        self.fonts = {}
        for name, font in page.obj.get(Name.Resources, {}).get(Name.Font, {}).items():
            self.fonts[name] = Font(font)
        font, open_ = None, []
        for operands, operator in pikepdf.parse_content_stream(page):
            operator = str(operator)
            if operator in ("BDC", "BMC"):
                open_.append(self.mark(operands))
            elif operator == "EMC":
                open_.pop()
            elif operator == "Tf":
                font = self.fonts[str(operands[0])]
            elif operator in ("Tj", "TJ", "'", '"'):
                pieces = operands[-1] if operator == "TJ" else [operands[-1]]
                self.add(open_, "".join(font.decode(bytes(it)) for it in pieces if isinstance(it, pikepdf.String)))
            elif operator in ("f", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh"):
                self.add(open_, "")

    def mark(self, operands):
        properties = operands[1] if len(operands) > 1 and isinstance(operands[1], Dictionary) else {}
        told = properties.get(Name.ActualText)
        return {"artifact": str(operands[0]) == "/Artifact", "id": properties.get(Name.MCID),
                "told": None if told is None else text_of(told), "said": False}

    def add(self, open_, text):
        for mark in reversed(open_):
            if mark["told"] is not None:
                # What is to be read in the place of what is shown is read once.
                text = "" if mark["said"] else mark["told"]
                mark["said"] = True
        for mark in reversed(open_):
            if mark["artifact"]:
                self.artifacts.append(text)
                return
            if mark["id"] is not None:
                self.marked[int(mark["id"])] = self.marked.get(int(mark["id"]), "") + text
                return
        self.bare = True


class Font:
    """From the codes of a font to characters, by its ToUnicode map."""

    def __init__(self, font):
        self.wide = str(font.get(Name.Subtype)) == "/Type0"
        self.codes = {}
        stream = font.get(Name.ToUnicode)
        if stream is None:
            return
        text = stream.read_bytes().decode("latin-1")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
            for code, target in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
                self.codes[int(code, 16)] = decoded(target)
        for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
            for low, high, target in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
                first = decoded(target)
                for at in range(int(high, 16) - int(low, 16) + 1):
                    self.codes[int(low, 16) + at] = first[:-1] + chr(ord(first[-1]) + at)

    def decode(self, codes):
        step = 2 if self.wide else 1
        return "".join(self.codes.get(int.from_bytes(codes[at:at + step], "big"), "\ufffd")
                       for at in range(0, len(codes), step))


class Reader:
    """The structure tree in reading order."""

    def __init__(self, pages, places, tree):
        self.pages, self.places, self.elements, self.read = pages, places, [], set()
        self.roles = {str(key): str(value) for key, value in tree.get(Name.RoleMap, {}).items()}

    def element(self, node, page, above):
        """Appends an element and all below it; its own text is what stands in it directly."""
        kind = str(node.get(Name.S, ""))[1:]
        if Name.Pg in node:
            page = self.places[node.Pg.objgen]
        attributes = {}
        for table in kids(node.get(Name.A)):
            if isinstance(table, (Dictionary, Stream)):
                attributes.update({str(key)[1:]: plain(value) for key, value in table.items()})
        told = {"kind": kind, "role": self.roles.get("/" + kind, "/" + kind)[1:], "above": above,
                "alt": text_of(node.get(Name.Alt)), "attributes": attributes, "text": "", "annotations": 0,
                "page": page}
        place = len(self.elements)
        self.elements.append(told)
        for kid in kids(node.get(Name.K)):
            if isinstance(kid, int):
                self.take(place, page, kid)
            elif str(kid.get(Name.Type, "")) == "/MCR":
                self.take(place, self.places[kid.Pg.objgen] if Name.Pg in kid else page, int(kid.MCID))
            elif str(kid.get(Name.Type, "")) == "/OBJR":
                told["annotations"] += 1
            else:
                self.element(kid, page, above + [place])

    def take(self, place, page, number):
        told = self.elements[place]
        if told["page"] is None:
            told["page"] = page
        self.read.add((page, number))
        # Text stands where it is read: an element with text between its children is told in pieces.
        piece = self.pages[page].marked.get(number, "")
        if place == len(self.elements) - 1:
            told["text"] += piece
        else:
            self.elements.append({"kind": "", "role": "", "above": told["above"] + [place],
                                  "alt": None, "attributes": {}, "text": piece, "annotations": 0, "page": page})

    def unread(self):
        return sorted((at, number) for at, page in enumerate(self.pages) for number in page.marked
                      if (at, number) not in self.read)


def outline(node):
    entries = []
    entry = node.get(Name.First) if node is not None else None
    while entry is not None:
        entries.append({"title": text_of(entry.Title), "entries": outline(entry)})
        entry = entry.get(Name.Next)
    return entries


def fonts(pdf):
    found = {}
    for page in pdf.pages:
        for _, font in page.obj.get(Name.Resources, {}).get(Name.Font, Dictionary()).items():
            below = font.DescendantFonts[0] if Name.DescendantFonts in font else font
            descriptor = below.get(Name.FontDescriptor, {})
            embedded = any(name in descriptor for name in (Name.FontFile, Name.FontFile2, Name.FontFile3))
            found[str(font.get(Name.BaseFont))] = {"embedded": embedded, "unicode": Name.ToUnicode in font}
    return found


def annotations(page):
    for note in page.obj.get(Name.Annots, []):
        action = note.get(Name.A, {})
        yield {"kind": str(note.Subtype), "contents": text_of(note.get(Name.Contents)),
               "tagged": Name.StructParent in note, "url": text_of(action.get(Name.URI)),
               "inside": Name.Dest in note or Name.D in action}


def kids(value):
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def plain(value):
    return [plain(it) for it in value] if isinstance(value, Array) else str(value)


def decoded(digits):
    return bytes.fromhex(digits).decode("utf-16-be")


def text_of(value):
    return None if value is None else str(value)


main(sys.argv[1])
