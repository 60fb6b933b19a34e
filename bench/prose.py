"""Rows that read like prose, for bench/dump_load.py: sentences of made-up words.

How well text compresses, and how fast, hangs on its words. These are 30,000, as often as those of a language
are: the n-th most frequent one about 1/n as often as the first (Zipf's law), the frequent ones short. English
compresses a little better (zstd -1: 2.5 to 2.7 times), since its sentences have a grammar, too.
"""

import itertools
import random

HEADS = "b c d f g h j k l m n p r s t v w st tr pr ch sh th pl gr br cl sp".split()
VOWELS = "a e i o u ea ou ai io ee".split()
TAILS = "n r s t l d m st nd ng ck th x y".split() + [""] * 8
VOCABULARY = 30000


def words(source):
    found = {}
    while len(found) < VOCABULARY:
        rank = len(found)
        syllables = 1 if rank < 150 else source.choice((1, 2, 2, 3) if rank < 3000 else (2, 3, 3, 4))
        found["".join(source.choice(HEADS) + source.choice(VOWELS) + source.choice(TAILS)
                      for _ in range(syllables))] = None
    return list(found)


def sentences(source):
    vocabulary = words(random.Random(1))
    shares = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
    while True:
        # Many words at a time: choosing each alone would take most of the time.
        chosen = source.choices(vocabulary, cum_weights=shares, k=50000)
        at = 0
        while at < len(chosen) - 30:
            sentence = chosen[at:at + source.randint(5, 28)]
            at += len(sentence)
            sentence[0] = sentence[0].capitalize()
            if len(sentence) > 12:
                sentence[len(sentence) // 2] += ","
            yield " ".join(sentence) + source.choice((".", ".", ".", "?", "!"))


def rows(number, count):
    """Lines of columns with tabs between them: id, title, body, author, created."""
    source = random.Random(number)
    text = sentences(source)
    for row in range(1, count + 1):
        body = " ".join(next(text) for _ in range(source.randint(1, 6)))
        yield "%d\t%s\t%s\tauthor %d\t%d-%02d-%02d %02d:%02d:00\n" % (
            row, next(text)[:80], body, source.randint(1, 5000), source.randint(2019, 2025),
            source.randint(1, 12), source.randint(1, 28), source.randint(0, 23), source.randint(0, 59))
