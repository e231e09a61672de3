"""Makes tokenizer.json and tokenizer-cases.json with Python's `tokenizers` (pip install tokenizers).

Merges are learnt by that library from the text below; the vocabulary is then numbered as the course
numbers it: the 256 bytes, then the merges. The cases are what the library makes of some texts.
"""

import json
import pathlib

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

folder = pathlib.Path(__file__).parent
TEXT = """The cook puts sugar into the cake and the cake into the oven. She'll have baked it by noon;
we've waited, they're hungry, and it's late. Numbers: 1, 22, 333, 4444 and 3.14. naïve café, Übermut,
日本語の文章, смотри, नमस्ते, 😀😀. The waiter waited for the water while the writer wrote. \t Tabs\tand
   spaces   and 'quotes' and "more quotes" (and brackets) -- dashes... x = y + z; f(x) != g(y)\n"""
CASES = [
    "", " ", "  ", "\n", "a", "The cake", "the  cake", " the cake ", "cakes and cooks", "it's we'll they'd",
    "IT'S", "'s's", "3.14159 and 22/7", "x2 y3", "naïve café", "日本語", "日本 語の", "смотри туда",
    "नमस्ते दुनिया", "😀 😀😀😀", "tabs\tand\n\nnew lines \n end", "trailing   ", "!!?!", "'tis '",
    "a\u00a0b\u2003c", "ﬁ ² ½ Ⅷ", "e\u0301 e\u0301", "\u200bzero", "waiter waited for water", "f(x)!=g(y)",
]

byte_names = []
next_code = 256
for byte in range(256):
    if 33 <= byte <= 126 or 161 <= byte <= 172 or byte >= 174:
        byte_names.append(chr(byte))
    else:
        byte_names.append(chr(next_code))
        next_code += 1

trained = Tokenizer(models.BPE())
trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
trained.train_from_iterator(
    [TEXT], trainers.BpeTrainer(vocab_size=400, show_progress=False,
                                initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
merges = json.loads(trained.to_str())["model"]["merges"]
pairs = [tuple(m.split(" ")) if isinstance(m, str) else tuple(m) for m in merges]
vocabulary = {name: token for token, name in enumerate(byte_names)}
for left, right in pairs:
    vocabulary[left + right] = len(vocabulary)

tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=pairs))
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
saved = json.loads(tokenizer.to_str())
saved["model"]["merges"] = [" ".join(pair) for pair in pairs]
(folder / "tokenizer.json").write_text(json.dumps(saved, ensure_ascii=False, indent=1) + "\n")
cases = [{"text": text, "tokens": tokenizer.encode(text).ids} for text in CASES + [TEXT]]
(folder / "tokenizer-cases.json").write_text(json.dumps(cases, ensure_ascii=False) + "\n")
