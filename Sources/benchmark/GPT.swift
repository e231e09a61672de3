import TensorCore

/// A decoder of nanoGPT's kind: token and place embeddings, blocks, a last norm, and logits from the
/// table of tokens itself.
final class GPT: Module {
  let token: Embedding
  let place: Embedding
  let blocks: [TransformerBlock]
  let norm: LayerNorm

  init(
    layers: Int, width: Int, heads: Int, context: Int, vocabulary: Int, using random: inout Random
  ) {
    token = Embedding(vocabulary, width, using: &random)
    place = Embedding(context, width, using: &random)
    blocks = (0..<layers).map { _ in
      TransformerBlock(width, heads: heads, isCausal: true, using: &random)
    }
    norm = LayerNorm(width)
  }

  private init(cloning model: GPT) {
    token = model.token.clone()
    place = model.place.clone()
    blocks = model.blocks.clone()
    norm = model.norm.clone()
  }

  var parts: Parts { ["token": token, "place": place, "block": blocks, "norm": norm] }

  /// Logits `[batch, context, vocabulary]` for texts of one length.
  func callAsFunction(_ texts: [[Int]]) -> Variable {
    var x = token(texts) + place.weight  // [batch, context, width]
    for block in blocks { x = block(x) }
    return matmul(norm(x), token.weight, transposingB: true)
  }

  func clone() -> GPT { GPT(cloning: self) }
}

/// Times training steps: draw a batch, forward, backward, AdamW.
func measureGPT(_ options: Options, _ report: inout Report) {
  let before = Parallel.threads
  Parallel.threads = options[.threads, before]
  defer { Parallel.threads = before }
  let (layers, width, heads) = (options[.layers, 4], options[.width, 128], options[.heads, 4])
  let (context, batch) = (options[.context, 64], options[.batch, 12])
  let vocabulary = options[.vocab, 65]
  var random = Random(seed: 1)
  let model = GPT(
    layers: layers, width: width, heads: heads, context: context, vocabulary: vocabulary,
    using: &random)
  let optimizer = AdamW(model.parameters, learningRate: 1e-3)
  let text = (0..<max(100_000, context + 2)).map { _ in random.integer(below: vocabulary) }

  let timing = Timing(warmUp: 10, steps: options[.steps, 60]) {
    let starts = (0..<batch).map { _ in random.integer(below: text.count - context - 1) }
    let inputs = starts.map { Array(text[$0..<$0 + context]) }
    let targets = starts.flatMap { text[$0 + 1..<$0 + context + 1] }
    let loss = crossEntropy(model(inputs), targets)
    optimizer.clearGradients()
    loss.backward()
    optimizer.step()
    if !loss.value.number.isFinite { fatalError("the loss is \(loss.value.number)") }
  }
  let tokens = Double(batch * context)
  let attention = 12 * Double(layers * width * context) * tokens
  report.add(
    "gpt",
    [
      "layers": layers, "width": width, "heads": heads, "context": context, "batch": batch,
      "vocab": vocabulary, "parameters": model.parameterCount,
    ], timing, operations: 6 * Double(model.parameterCount) * tokens + attention)
}
