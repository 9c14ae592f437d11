#!/usr/bin/env bash
# llama-index-core 0.14.25 and langchain-text-splitters 1.1.3: a word in bold in the middle of a sentence of a web page.
#
# It touches people who read a report as a web page: inspectors put "not" in bold, and the passage that is quoted loses it.
# Expected: <b> is inline. A browser shows "Visits are not late." These splitters cut a page at its headings and blocks, so
# the words of one paragraph stay together and in order. LangChain's HTMLSectionSplitter keeps them so.
# Seen: HTMLNodeParser gives a passage "Visits are late." and a second passage "not". HTMLHeaderTextSplitter puts "not" on
# a line below the sentence. HTMLSemanticPreservingSplitter, whose name promises the meaning, puts it in front: "not Visits
# are late." The sentence that is left says the opposite. There is no warning.
#
# Exits with 0 while this is so, and with 1 once it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    llama-index-core==0.14.25 langchain-text-splitters==1.1.3 beautifulsoup4==4.15.0 lxml==6.1.3 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import sys
import warnings
from importlib.metadata import version

warnings.simplefilter("ignore")

from langchain_text_splitters import HTMLHeaderTextSplitter, HTMLSectionSplitter, HTMLSemanticPreservingSplitter
from llama_index.core import Document
from llama_index.core.node_parser import HTMLNodeParser

page = "<html><body><h1>Letter</h1><p>Visits are <b>not</b> late.</p></body></html>"
nodes = HTMLNodeParser().get_nodes_from_documents([Document(text=page)])
read = {"HTMLNodeParser": [" ".join(node.text.split()) for node in nodes]}
for splitter in (HTMLHeaderTextSplitter, HTMLSemanticPreservingSplitter, HTMLSectionSplitter):
    parts = splitter([("h1", "title")]).split_text(page)
    read[splitter.__name__] = [" ".join(part.page_content.split()) for part in parts]

print("llama-index-core", version("llama-index-core"), "langchain-text-splitters", version("langchain-text-splitters"))
for name, parts in read.items():
    print(name, parts)
same = (
    read["HTMLNodeParser"] == ["Letter", "Visits are late.", "not"]
    and read["HTMLHeaderTextSplitter"][-1] == "Visits are late. not"
    and read["HTMLSemanticPreservingSplitter"] == ["not Visits are late."]
    and "Visits are not late." in read["HTMLSectionSplitter"][-1]
)
sys.exit(0 if same else 1)
PYTHON
