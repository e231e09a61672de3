"""Writes what PyTorch computes for fixed inputs, for FixtureTests.swift to compare with.

    python3 make_fixtures.py        (PyTorch 2.13, NumPy)

Each case has inputs, the output, a gradient of the output and the gradients that follow for the
inputs. PyTorch computes in 64 bits, from inputs rounded to 32 bits, so the numbers written are right
to their last digit, and what differs is ours. Inputs come from a generator seeded with the case's
operation and shapes: one case can be added or changed without touching the others.

Layouts are ours: pictures [batch, height, width, channels], weights of linear layers
[inputs, outputs], of convolutions [height, width, inputs, outputs].
"""

import json
import pathlib
import zlib

import numpy
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


class Family:
    """The cases of one file."""

    def __init__(self):
        self.cases = []

    def add(self, operation, inputs, function, low=-1.0, high=1.0, options=(), names=None):
        """Adds a case.

        `inputs` are shapes to be filled between `low` and `high`, or tensors; `function` takes the
        tensors. `options` are the operation's whole numbers, such as a stride. `names` are the names
        of a layer's input and parameters.
        """
        shapes = [list(item.shape) if torch.is_tensor(item) else item for item in inputs]
        seed = f"{operation} {list(options)} {shapes}"
        source = numpy.random.RandomState(zlib.crc32(seed.encode()))
        leaves = []
        for item in inputs:
            if not torch.is_tensor(item):
                drawn = numpy.round(source.uniform(low, high, item), 3)
                item = torch.from_numpy(numpy.asarray(drawn, dtype=numpy.float32)).double()
            leaves.append(item.clone().requires_grad_(True))
        output = function(*leaves)
        case = {"operation": operation, "options": list(options)}
        case["inputs"] = [stored(leaf) for leaf in leaves]
        case["output"] = stored(output)
        if names:
            case["names"] = names
        if output.requires_grad:
            drawn = numpy.round(source.uniform(-1, 1, tuple(output.shape)), 3)
            gradient = torch.from_numpy(numpy.asarray(drawn, dtype=numpy.float32)).double()
            output.backward(gradient)
            case["gradient"] = stored(gradient)
            case["gradients"] = [
                None if leaf.grad is None else stored(leaf.grad) for leaf in leaves
            ]
        self.cases.append(case)

    def write(self, file):
        lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in self.cases)
        path = pathlib.Path(__file__).parent / file
        path.write_text("[\n" + lines + "\n]\n")
        print(f"{file}: {len(self.cases)} cases, {path.stat().st_size:,} bytes")


def stored(tensor):
    numbers = tensor.detach().numpy().astype(numpy.float32).ravel()
    return {"shape": list(tensor.shape), "numbers": [float(str(number)) for number in numbers]}


def channels_first(x):
    return x.permute(0, 3, 1, 2).contiguous()


def channels_last(x):
    return x.permute(0, 2, 3, 1)


def kernel(weights):
    """[height, width, inputs, outputs] to [outputs, inputs, height, width]; of a transposed
    convolution [height, width, outputs, inputs] to [inputs, outputs, height, width]."""
    return weights.permute(3, 2, 0, 1).contiguous()


def constant(*shape, low=-1.0, high=1.0, seed=1):
    drawn = numpy.round(numpy.random.RandomState(seed).uniform(low, high, shape), 3)
    return torch.from_numpy(numpy.asarray(drawn, dtype=numpy.float32)).double()


def arithmetic():
    family = Family()
    for a, b in [([2, 3], [2, 3]), ([2, 1, 5], [3, 1]), ([4, 17], [17]), ([3], [])]:
        family.add("add", [a, b], lambda a, b: a + b)
        family.add("subtract", [a, b], lambda a, b: a - b)
        family.add("multiply", [a, b], lambda a, b: a * b)
        family.add("divide", [a, b], lambda a, b: a / b, low=0.5, high=2)
    family.add("numbers", [[7]], lambda x: 2 / (3 - x * 0.5) + 1)
    family.add("maximum", [[3, 4], [4]], torch.maximum)
    family.add("minimum", [[3, 4], [4]], torch.minimum)
    elementwise = {
        "exp": torch.exp,
        "tanh": torch.tanh,
        "sigmoid": torch.sigmoid,
        "relu": torch.relu,
        "leakyReLU": lambda x: F.leaky_relu(x, 0.2),
        "gelu": lambda x: F.gelu(x, approximate="tanh"),
        "softplus": F.softplus,
        "absolute": torch.abs,
        "square": torch.square,
        "cube": lambda x: x**3,
        "clamped": lambda x: x.clamp(-1, 2),
    }
    for name, function in elementwise.items():
        family.add(name, [[21]], function, low=-4, high=4)
    family.add("log", [[21]], torch.log, low=0.1, high=4)
    family.add("squareRoot", [[21]], torch.sqrt, low=0.1, high=4)
    family.add("power", [[21]], lambda x: x**-1.5, low=0.5, high=4)
    family.write("arithmetic.json")


def shapes():
    family = Family()
    x = [2, 3, 4]
    family.add("sum", [x], lambda x: x.sum())
    family.add("mean", [x], lambda x: x.mean())
    for axis in range(3):
        family.add("sum along axis", [x], options=[axis], function=lambda x: x.sum(axis))
        family.add(
            "mean along axis", [x], options=[axis], function=lambda x: x.mean(axis, keepdim=True)
        )
        family.add(
            "maximum along axis", [x], options=[axis], function=lambda x: x.max(axis).values
        )
    family.add("transposed", [x], lambda x: x.permute(2, 0, 1))
    family.add("reshaped", [x], lambda x: x.reshape(4, 6))
    family.add("sliced", [x], lambda x: x[:, 1:3])
    family.add("gather", [x], lambda x: x[:, [2, 0, 2]])
    family.add("concatenate", [x, [2, 2, 4]], lambda x, y: torch.cat([x, y], 1))
    family.add("embedding", [[5, 3]], lambda table: table[[4, 0, 4, 1]])
    mask = torch.tensor([True, False, False, True, False, True])
    family.add("masked", [x], lambda x: x.masked_fill(mask.reshape(2, 3, 1), -2))
    for a, b in [
        ([3, 4], [4, 5]),
        ([2, 3, 4], [4, 1]),
        ([2, 3, 17], [2, 17, 5]),
        ([3, 4], [2, 4, 5]),
    ]:
        swapped = lambda s: s[:-2] + [s[-1], s[-2]]
        family.add("matmul", [a, b], torch.matmul, options=[0, 0])
        family.add("matmul", [swapped(a), b], lambda a, b: a.mT @ b, options=[1, 0])
        family.add("matmul", [a, swapped(b)], lambda a, b: a @ b.mT, options=[0, 1])
    family.add("linear", [[2, 3, 4], [4, 5], [5]], lambda x, w, b: x @ w + b)
    family.write("shapes.json")


def rows():
    family = Family()
    for shape in [[1, 1], [3, 5], [2, 3, 17]]:
        family.add("softmax", [shape], lambda x: torch.softmax(x, -1), low=-3, high=3)
        family.add("logSoftmax", [shape], lambda x: torch.log_softmax(x, -1), low=-3, high=3)
        family.add("logSumExp", [shape], lambda x: torch.logsumexp(x, -1), low=-3, high=3)
        n = shape[-1:]
        family.add("layerNorm", [shape, n, n], lambda x, g, b: F.layer_norm(x, n, g, b))
        family.add("l2Normalised", [shape], lambda x: F.normalize(x, dim=-1))
    family.add("softmax, axis 0", [[3, 5]], lambda x: torch.softmax(x, 0), low=-3, high=3)
    for shape in [[4, 3], [2, 3, 3, 5], [3, 4, 17]]:
        n = shape[-1:]

        def normed(x, g, b, mean=None, variance=None):
            x = x.movedim(-1, 1)
            y = F.batch_norm(x, mean, variance, g, b, training=mean is None)
            return y.movedim(1, -1)

        family.add("batchNorm", [shape, n, n], normed)
        family.add(
            "batchNorm, sum and ReLU",
            [shape, n, n, shape],
            lambda x, g, b, other: torch.relu(normed(x, g, b) + other),
        )

        # The layer of PyTorch moves its running statistics by the share given; by 1 to the batch's.
        def statistics(x):
            layer = torch.nn.BatchNorm1d(n[0], momentum=1)
            layer(x.detach().reshape(-1, n[0]))
            return torch.cat([layer.running_mean, layer.running_var])

        family.add("batchNorm, statistics", [shape], statistics)
        family.add(
            "batchNorm, evaluation",
            [shape, n, n, n, constant(*n, low=0.5, high=2)],
            lambda x, g, b, mean, variance: normed(x, g, b, mean.detach(), variance.detach()),
        )
    family.write("rows.json")


def pictures():
    family = Family()
    # height, width, inputs, outputs, kernel height and width, stride, padding
    for s in [
        [5, 4, 3, 2, 3, 3, 1, 1],
        [6, 5, 2, 17, 2, 3, 2, 0],
        [7, 7, 1, 3, 3, 3, 2, 1],
        [4, 4, 2, 2, 1, 1, 3, 0],
    ]:
        height, width, inputs, outputs, kh, kw, stride, padding = s
        x = [2 if outputs < 4 else 1, height, width, inputs]
        family.add(
            "convolution",
            [x, [kh, kw, inputs, outputs], [outputs]],
            options=[stride, padding],
            function=lambda x, w, b: channels_last(
                F.conv2d(channels_first(x), kernel(w), b, stride=stride, padding=padding)
            ),
        )
        extra = stride - 1
        family.add(
            "transposedConvolution",
            [x, [kh, kw, outputs, inputs], [outputs]],
            options=[stride, padding, extra],
            function=lambda x, w, b: channels_last(
                F.conv_transpose2d(
                    channels_first(x),
                    kernel(w),
                    b,
                    stride=stride,
                    padding=padding,
                    output_padding=extra,
                )
            ),
        )
    for size, stride, padding in [(2, 2, 0), (3, 2, 1), (3, 1, 1)]:
        family.add(
            "maxPool",
            [[2, 5, 6, 3]],
            options=[size, stride, padding],
            function=lambda x: channels_last(
                F.max_pool2d(channels_first(x), size, stride, padding)
            ),
        )
        family.add(
            "averagePool",
            [[2, 5, 6, 3]],
            options=[size, stride],
            function=lambda x: channels_last(F.avg_pool2d(channels_first(x), size, stride)),
        )
    family.add("globalAveragePool", [[2, 5, 6, 3]], lambda x: x.mean((1, 2)))
    family.add(
        "upsampled",
        [[2, 2, 3, 2]],
        lambda x: channels_last(F.interpolate(channels_first(x), scale_factor=3, mode="nearest")),
    )
    family.write("pictures.json")


def split_heads(x, heads):
    return x.reshape(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)


def scaled_attention(q, k, v, heads, causal=False, mask=None):
    if mask is not None:
        mask = mask[:, None, None, :]
    y = F.scaled_dot_product_attention(
        split_heads(q, heads),
        split_heads(k, heads),
        split_heads(v, heads),
        attn_mask=mask,
        is_causal=causal,
    )
    return y.transpose(1, 2).flatten(2)


MASK = torch.tensor([[True, True, True, False, False], [True, False, True, True, True]])


def attention():
    family = Family()
    for heads, width in [(1, 4), (3, 2), (1, 17)]:
        qkv = [2, 5, 3 * heads * width]
        run = lambda x, **options: scaled_attention(*x.chunk(3, -1), heads, **options)
        options = {"options": [heads], "low": -2, "high": 2}
        family.add("attention", [qkv], run, **options)
        family.add("attention, causal", [qkv], lambda x: run(x, causal=True), **options)
        family.add("attention, masked", [qkv], lambda x: run(x, mask=MASK), **options)
        q, k = [2, 3, heads * width], [2, 5, heads * width]
        family.add(
            "attention, other",
            [q, k, k],
            lambda q, k, v: scaled_attention(q, k, v, heads, mask=MASK),
            **options,
        )

    def weights(x):
        q, k, _ = x.detach().chunk(3, -1)
        scores = split_heads(q, 2) @ split_heads(k, 2).mT / 2**0.5
        return torch.softmax(scores.masked_fill(~MASK[:, None, None, :], -torch.inf), -1)

    family.add("attention, weights", [[2, 5, 12]], weights, low=-2, high=2)
    family.write("attention.json")


def losses():
    family = Family()
    targets = torch.tensor([2, 0, 4, 4, 1, 3])
    family.add(
        "crossEntropy",
        [[2, 3, 5]],
        lambda x: F.cross_entropy(x.reshape(6, 5), targets),
        low=-3,
        high=3,
    )
    family.add(
        "crossEntropy, ignoring",
        [[6, 5]],
        lambda x: F.cross_entropy(x, targets, ignore_index=4),
        low=-3,
        high=3,
    )
    chosen = torch.tensor([True, False, True, True, False, False])
    family.add(
        "crossEntropy, masked",
        [[6, 5]],
        lambda x: F.cross_entropy(x[chosen], targets[chosen]),
        low=-3,
        high=3,
    )
    selected = torch.tensor([True, False, True])
    for name, loss in [("meanSquaredError", F.mse_loss), ("meanAbsoluteError", F.l1_loss)]:
        family.add(name, [[3, 4], [3, 4]], lambda x, goal: loss(x, goal.detach()))
        family.add(
            f"{name}, masked",
            [[3, 4], [3, 4]],
            lambda x, goal: loss(x[selected], goal[selected].detach()),
        )
    for mask in [selected, torch.tensor([True] * 3)]:
        family.add(
            "binaryCrossEntropy" if mask.all() else "binaryCrossEntropy, masked",
            [[3, 4], [3, 4]],
            lambda x, goal: F.binary_cross_entropy_with_logits(
                x[mask], (goal[mask].detach() > 0).double()
            ),
            low=-6,
            high=6,
        )
    family.write("losses.json")


def set_weights(module, values):
    """Puts tensors that need a gradient in the place of a module's parameters."""
    for path, value in values.items():
        owner, _, name = path.rpartition(".")
        owner = module.get_submodule(owner)
        del owner._parameters[name]
        setattr(owner, name, value)


def layers():
    family = Family()
    width, hidden, heads = 6, 8, 2
    vector, square = [width], [width, width]
    shapes = {
        "attentionNorm.weight": vector,
        "attentionNorm.bias": vector,
        "attention.queryKeyValue.weight": [width, 3 * width],
        "attention.queryKeyValue.bias": [3 * width],
        "attention.output.weight": square,
        "attention.output.bias": vector,
        "networkNorm.weight": vector,
        "networkNorm.bias": vector,
        "up.weight": [width, hidden],
        "up.bias": [hidden],
        "down.weight": [hidden, width],
        "down.bias": vector,
    }
    inside = {
        name.removeprefix("attention."): s
        for name, s in shapes.items()
        if name.startswith("attention.")
    }

    def multi_head(x, *values, mask):
        module = torch.nn.MultiheadAttention(width, heads, batch_first=True)
        qkv, qkv_bias, out, out_bias = values
        weights = {"in_proj_weight": qkv.T, "in_proj_bias": qkv_bias}
        set_weights(module, weights | {"out_proj.weight": out.T, "out_proj.bias": out_bias})
        return module(x, x, x, key_padding_mask=~mask, need_weights=False)[0]

    family.add(
        "MultiHeadAttention",
        [[2, 5, width], *inside.values()],
        lambda x, *values: multi_head(x, *values, mask=MASK),
        names=["x", *inside],
    )

    def block(x, *values, before, causal):
        g1, b1, qkv, qkv_bias, out, out_bias, g2, b2, up, up_bias, down, down_bias = values
        module = torch.nn.TransformerEncoderLayer(
            width,
            heads,
            hidden,
            dropout=0,
            norm_first=before,
            batch_first=True,
            activation=lambda x: F.gelu(x, approximate="tanh"),
        )
        set_weights(
            module,
            {
                "norm1.weight": g1,
                "norm1.bias": b1,
                "norm2.weight": g2,
                "norm2.bias": b2,
                "self_attn.in_proj_weight": qkv.T,
                "self_attn.in_proj_bias": qkv_bias,
                "self_attn.out_proj.weight": out.T,
                "self_attn.out_proj.bias": out_bias,
                "linear1.weight": up.T,
                "linear1.bias": up_bias,
                "linear2.weight": down.T,
                "linear2.bias": down_bias,
            },
        )
        future = torch.ones(5, 5).triu(1).bool() if causal else None
        return module(x, src_mask=future, src_key_padding_mask=None if causal else ~MASK)

    for place, before, causal in [("before", True, True), ("after", False, False)]:
        family.add(
            f"TransformerBlock, norms {place}",
            [[2, 5, width], *shapes.values()],
            lambda x, *values: block(x, *values, before=before, causal=causal),
            names=["x", *shapes],
        )

    def normed(x, weight, bias):
        return F.batch_norm(x, None, None, weight, bias, training=True)

    def residual(x, w1, g1, b1, w2, g2, b2, w3=None, g3=None, b3=None):
        x = channels_first(x)
        stride = 1 if w3 is None else 2
        y = torch.relu(normed(F.conv2d(x, kernel(w1), stride=stride, padding=1), g1, b1))
        y = normed(F.conv2d(y, kernel(w2), padding=1), g2, b2)
        around = x if w3 is None else normed(F.conv2d(x, kernel(w3), stride=stride), g3, b3)
        return channels_last(torch.relu(y + around))

    names = ["convolution1.weight", "norm1.weight", "norm1.bias"]
    names += ["convolution2.weight", "norm2.weight", "norm2.bias"]
    family.add(
        "ResidualBlock",
        [[2, 4, 5, 3], [3, 3, 3, 3], [3], [3], [3, 3, 3, 3], [3], [3]],
        residual,
        names=["x", *names],
    )
    names += ["shortcut.weight", "shortcutNorm.weight", "shortcutNorm.bias"]
    family.add(
        "ResidualBlock, smaller",
        [[2, 4, 5, 3], [3, 3, 3, 4], [4], [4], [3, 3, 4, 4], [4], [4], [1, 1, 3, 4], [4], [4]],
        residual,
        names=["x", *names],
    )
    family.write("layers.json")


def optimizers():
    family = Family()

    def steps(make):
        def run(weights, *gradients):
            weights = torch.nn.Parameter(weights.detach().clone())
            optimizer = make([weights])
            for gradient in gradients:
                weights.grad = gradient.detach()
                optimizer.step()
            return weights.detach()

        return run

    kinds = {
        "SGD": lambda w: torch.optim.SGD(w, lr=0.1),
        "SGD, momentum": lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9, weight_decay=0.01),
        "SGD, Nesterov": lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9, nesterov=True),
        "Adam": lambda w: torch.optim.Adam(w, lr=0.1, betas=(0.8, 0.9), eps=1e-6),
        "AdamW": lambda w: torch.optim.AdamW(w, lr=0.1, betas=(0.9, 0.95), weight_decay=0.2),
    }
    for name, make in kinds.items():
        family.add(name, [[3, 7]] * 4, steps(make))

    def clipped(limit):
        def run(*gradients):
            weights = [torch.nn.Parameter(torch.zeros_like(g)) for g in gradients]
            for weight, gradient in zip(weights, gradients):
                weight.grad = gradient.detach().clone()
            torch.nn.utils.clip_grad_norm_(weights, limit)
            return torch.cat([weight.grad.ravel() for weight in weights])

        return run

    family.add("clipGradients", [[3, 7], [5]], clipped(0.5))
    family.write("optimizers.json")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for make in [arithmetic, shapes, rows, pictures, attention, losses, layers, optimizers]:
        make()
