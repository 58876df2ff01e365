#!/usr/bin/env python3
"""A book of gieok from the corpus that the other site tools build: book.py CORPUS BOOK [--draw]

CORPUS is the corpus in its plain flavour. What is said in a post stays; so that nothing in it is a mistake to gieok,
the English post gets the code of the Korean one (a pair runs the same code), and its address is its file's.
Mermaid blocks stay code, as they do with the other tools; with --draw they are drawn, each label once. No fonts are cut and no cards drawn.
"""
import pathlib
import re
import sys

FENCE = re.compile(r"^```python\n.*?^```$", re.M | re.S)
MERMAID = re.compile(r"^```mermaid\n(.*?)^```$", re.M | re.S)
NODE = re.compile(r"\b(N\d+)(\[[^\]]*\]|\{[^}]*\})")


def labels_once(block):
    seen = set()

    def node(match):
        first = match[1] not in seen
        seen.add(match[1])
        return match[0] if first else match[1]

    return "```mermaid\n" + NODE.sub(node, block[1]) + "```"


def main(corpus, book, draw):
    book = pathlib.Path(book)
    codes = {}
    for lang in ["ko", "en"]:
        folder = book / "content" / lang
        folder.mkdir(parents=True, exist_ok=True)
        for file in sorted((pathlib.Path(corpus) / "_posts" / lang).iterdir()):
            text = re.sub(r"^permalink: .*\n", "", file.read_text(), count=1, flags=re.M)
            if lang == "ko":
                codes[file.name] = FENCE.findall(text)
            else:
                blocks = iter(codes[file.name])
                text = FENCE.sub(lambda _: next(blocks), text)
                text = re.sub(r"\]\(/(\d{4}/)", r"](/en/\1", text)
            text = MERMAID.sub(labels_once, text) if draw else text.replace("```mermaid\n", "```text\n")
            (folder / file.name).write_text(text)
    (book / "book.toml").write_text(
        'base_url = "https://example.org/"\n[title]\nko = "책"\nen = "Book"\n[theme]\nfonts = false\ncards = false\n'
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "--draw" in sys.argv)
