import Notebook
import TensorCore

/// The head that looks most strongly from who does something back at the place just named.
struct PlaceLook {
  /// `[block][head][from][to]`.
  private let weights: [[[[Float]]]]
  private let head: (block: Int, head: Int)
  private let (from, to): (Int, Int)
  private let labels: [String]

  /// Lets a model read “After school Mike went home.” and the first thing that one does there.
  ///
  /// - Parameters:
  ///   - probe: the beginning and what may follow it.
  ///   - model: whose heads look.
  ///   - corpus: the text of its tokens.
  ///   - mine: whose function computes the weights; nil for the model's own.
  init(_ probe: FactProbe, _ model: GPT, _ corpus: Corpus, mine: Mine?) {
    let whole = probe.context + probe.candidates[probe.right.min()!]
    // A line's end, and all but the full stop, from which nothing of the story is asked.
    let watched = [Corpus.endOfLine] + Array(whole.dropFirst().dropLast().suffix(24))
    weights = model.attentionWeights(watched, mine: mine)
    // The place stands before the context's full stop; after the full stop comes who does something.
    let missing = whole.count - 1 - watched.count
    from = max(1, probe.context.count - missing)
    to = max(1, from - 2)
    head = strongestLook(weights, from: from, to: to)
    labels = watched.map(corpus.label)
  }

  /// What the page calls the head.
  var name: String { headName(head) }
  /// All heads: they begin as equals, and which of them comes to look there is chance.
  var asGood: [String] { heads(of: weights).map(headName) }
  /// The token that looks, and the one that it looks at.
  var tokens: (from: String, to: String) { (labels[from], labels[to]) }
  /// How much of its attention goes there.
  var weight: Float { weights[head.block][head.head][from][to] }
  /// How much each token would get of attention that is spread evenly.
  var evenWeight: Double { 1 / Double(from + 1) }

  /// Where each token looks.
  var heatmap: Heatmap {
    Heatmap(
      "Block \(head.block + 1), head \(head.head + 1): where each token (row) looks",
      values: weights[head.block][head.head], rowLabels: labels, columnLabels: labels,
      rowsAre: "from", columnsAre: "to", range: 0...1, showsValues: false)
  }
}
