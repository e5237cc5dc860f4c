"""Judges the codec: reads and writes documents with Python's own xmlrpc.client.

Each line on standard input is a command, each answer is a line:
  echo DOCUMENT          loads it and dumps what it has understood
  give SEED              makes a random value, keeps it, dumps it
  take DOCUMENT          loads it and says whether it is the value that was given last
Documents are in base64.
"""

import base64
import random
import sys
import xmlrpc.client as rpc
from datetime import datetime


def unpack(line):
    return base64.b64decode(line).decode("utf-8")


def pack(document):
    return base64.b64encode(document.encode("utf-8")).decode("ascii")


def dump(value):
    return rpc.dumps((value,), methodname="judge", allow_none=True)


def load(document):
    values, method = rpc.loads(document, use_builtin_types=True)
    if method != "judge" or len(values) != 1:
        raise ValueError(method)
    return values[0]


def text(dice):
    alphabets = (
        lambda: dice.randint(0x20, 0x7E),
        lambda: dice.choice((0x09, 0x0A, 0x26, 0x3C, 0x3E, 0x22, 0x27, 0x5D)),
        lambda: dice.randint(0xA0, 0xD7FF),
        lambda: dice.randint(0xE000, 0xFFFD),
        lambda: dice.randint(0x10000, 0x10FFFD),
    )
    return "".join(chr(dice.choice(alphabets)()) for _ in range(dice.randint(0, 30)))


def real(dice):
    choices = (
        lambda: dice.uniform(-1e3, 1e3),
        lambda: dice.choice((0.0, -0.0, 1e16, -1e-5, 5e-324, 1.7976931348623157e308)),
        lambda: dice.uniform(-1, 1) * 10.0 ** dice.randint(-300, 300),
    )
    return dice.choice(choices)()


def moment(dice):
    return datetime(
        dice.randint(1, 9999),
        dice.randint(1, 12),
        dice.randint(1, 28),
        dice.randint(0, 23),
        dice.randint(0, 59),
        dice.randint(0, 59),
    )


def value(dice, depth):
    kinds = [
        lambda: dice.randint(-(2**31), 2**31 - 1),
        lambda: dice.random() < 0.5,
        lambda: text(dice),
        lambda: real(dice),
        lambda: moment(dice),
        lambda: dice.randbytes(dice.randint(0, 100)),
        lambda: None,
    ]
    if depth < 6:
        kinds += 2 * [
            lambda: [value(dice, depth + 1) for _ in range(dice.randint(0, 5))],
            lambda: {text(dice): value(dice, depth + 1) for _ in range(dice.randint(0, 5))},
        ]
    return dice.choice(kinds)()


def shape(found):
    """The value with its types: True is not 1 then, and 0.0 is not -0.0."""
    if isinstance(found, (list, tuple)):
        return [shape(each) for each in found]
    if isinstance(found, dict):
        return sorted((name, repr(shape(each))) for name, each in found.items())
    return type(found).__name__ + " " + repr(found)


def main():
    given = None
    for line in sys.stdin:
        command, argument = line.split()
        if command == "echo":
            answer = pack(dump(load(unpack(argument))))
        elif command == "give":
            given = value(random.Random(int(argument)), 0)
            answer = pack(dump(given))
        else:
            answer = "same" if shape(load(unpack(argument))) == shape(given) else "different"
        print(answer, flush=True)


main()
