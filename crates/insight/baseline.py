#!/usr/bin/env python3
"""The baseline of the classifier: scikit-learn on the rows that `examples/baseline.rs` takes.

  python3 crates/insight/baseline.py FOLDER

FOLDER holds `appeals.csv.gz`. Rows by date, normalised, those under three letters and repeats left out, then
labels with fewer than 10 rows (30 for `reason`); the first 80 % by date teach, the rest is asked for. TF-IDF of
word 1-2-grams and of character 3-5-grams within words, min_df 2, sublinear; linear SVM with C = 1. Needs Python
3.11 and scikit-learn (measured with 1.9.1). What it prints are counts; no row is shown."""

import argparse
import csv
import gzip
import html
import os
import re
import time
from collections import Counter

import numpy
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.svm import LinearSVC

SHORTEST = 3
TEACH = 80
LEAST = {"category": 10, "reason": 30}


def normal(text):
    text = html.unescape(text).lower().replace("ё", "е")
    return re.sub(r"\s+", " ", text).strip()


def read(folder):
    with gzip.open(os.path.join(folder, "appeals.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        rows = [dict(row, text=normal(row["text"])) for row in csv.DictReader(file)]
    rows.sort(key=lambda row: row["created"])
    seen, kept = set(), []
    for row in rows:
        if len(row["text"]) >= SHORTEST and row["text"] not in seen:
            seen.add(row["text"])
            kept.append(row)
    return kept


def model():
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=2, sublinear_tf=True)
    return make_pipeline(FeatureUnion([("words", words), ("letters", letters)]), LinearSVC(C=1.0, random_state=0))


def measure(rows, column):
    counts = Counter(row[column] for row in rows)
    rows = [row for row in rows if row[column] and counts[row[column]] >= LEAST[column]]
    first = len(rows) * TEACH // 100
    train, test = rows[:first], rows[first:]
    begun = time.monotonic()
    pipeline = model().fit([row["text"] for row in train], [row[column] for row in train])
    seconds = time.monotonic() - begun
    margins = pipeline.decision_function([row["text"] for row in test])
    order = numpy.argsort(-margins, axis=1)
    right = [row[column] for row in test]
    ranked = pipeline.classes_[order]
    top = [sum(label in labels[:k] for label, labels in zip(right, ranked)) / len(test) for k in (3, 5)]
    first = ranked[:, 0]
    print(
        f"{column}: {len(pipeline.classes_)} labels, {len(train)} rows teach, {len(test)} are asked for\n"
        f"  accuracy {accuracy_score(right, first):.4f}  macro-F1 {f1_score(right, first, average='macro'):.4f}"
        f"  top-3 {top[0]:.4f}  top-5 {top[1]:.4f}\n"
        f"  trained in {seconds:.1f} s; {pipeline[-1].coef_.shape[1]} features, "
        f"{pipeline[-1].coef_.nbytes / 1e6:.1f} MB of weights"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    rows = read(parser.parse_args().folder)
    print(f"scikit-learn {sklearn.__version__}\nappeals without repeats: {len(rows)}")
    for column in LEAST:
        measure(rows, column)


if __name__ == "__main__":
    main()
