import TensorCore

/// Texts that a model continues token by token, each step at the cost of one token.
///
/// A causal model's keys and values never change once they are computed: no later token reaches them.
/// So they are kept, and a step computes one query, which looks at all of them.
struct Generation {
  let model: GPT
  /// How many tokens have been read.
  private(set) var time = 0
  /// For each block the keys of all tokens so far, `[texts, time, width]`.
  private var keys: [Variable?]
  private var values: [Variable?]

  init(_ model: GPT) {
    self.model = model
    keys = model.blocks.map { _ in nil }
    values = keys
  }

  /// Reads one more token of each text.
  ///
  /// - Parameter next: the tokens, one for each text.
  /// - Returns: the scores of the token after it, `[texts, vocabulary]`.
  mutating func read(_ next: [Int]) -> Variable {
    withoutGradient {
      var h = model.tokens(next.map { [$0] }) + model.positions([time])  // [texts, 1, width]
      for (index, block) in model.blocks.enumerated() {
        h = h + attend(block.attention, block.attentionNorm(h), index)
        h = h + block.down(gelu(block.up(block.networkNorm(h))))
      }
      time += 1
      return model.logits(model.norm(h)).reshaped([next.count, model.sizes.vocabulary])
    }
  }

  /// Attention of one query to the keys that are kept and its own.
  private mutating func attend(
    _ attention: MultiHeadAttention, _ x: Variable, _ index: Int
  ) -> Variable {
    let width = model.sizes.width
    let made = attention.queryKeyValue(x)  // [texts, 1, 3 · width]
    func part(_ number: Int) -> Variable {
      made.sliced(axis: 2, number * width..<(number + 1) * width)
    }
    keys[index] = keys[index].map { concatenate([$0, part(1)], axis: 1) } ?? part(1)
    values[index] = values[index].map { concatenate([$0, part(2)], axis: 1) } ?? part(2)
    return attention.output(
      TensorCore.attention(
        query: part(0), key: keys[index]!, value: values[index]!, heads: attention.heads))
  }
}

extension GPT {
  /// Continues a beginning several times, each until the context is full.
  ///
  /// - Parameters:
  ///   - prompt: the beginning, at least one token.
  ///   - count: how many continuations to write, all at once.
  ///   - sampling: how tokens are drawn.
  ///   - random: where the numbers come from.
  /// - Returns: the continuations without the prompt.
  func continuations(
    of prompt: [Int], count: Int, sampling: Sampling, using random: inout Random
  ) -> [[Int]] {
    var generation = Generation(self)
    var texts = [[Int]](repeating: [], count: count)
    var logits: Variable!
    for token in prompt.suffix(sizes.context) {
      logits = generation.read([Int](repeating: token, count: count))
    }
    while generation.time < sizes.context {
      let next = sampling.draw(logits.value, using: &random)
      for text in texts.indices { texts[text].append(next[text]) }
      logits = generation.read(next)
    }
    return texts
  }
}
