extension BytePairTokenizer {
  /// Learns merges from a text.
  ///
  /// The words of the text are counted once; then the pair with the highest count is joined in all
  /// words that have it, and only their counts change. Of pairs with equal counts the one with the
  /// smaller tokens is joined first.
  ///
  /// - Parameters:
  ///   - text: the text to learn from.
  ///   - merges: how many pairs to join; fewer are learnt when no pair occurs twice any more.
  /// - Throws: `TokenizerError.emptyText`.
  public init(training text: String, merges: Int) throws {
    if text.isEmpty { throw TokenizerError.emptyText }
    var training = BytePairTraining(words: WordSplitter.words(in: Array(text.utf8)))
    var learnt: [Merge] = []
    while learnt.count < merges, let merge = training.mostFrequent() {
      training.join(merge, into: 256 + learnt.count)
      learnt.append(merge)
    }
    try self.init(merges: learnt)
  }
}

/// The state of training: each different word as tokens, and the counts of pairs.
private struct BytePairTraining {
  typealias Merge = BytePairTokenizer.Merge

  private var words: [[Int]] = []
  private var frequencies: [Int] = []
  private var counts: [Merge: Int] = [:]
  /// The words that have, or once had, a pair.
  private var places: [Merge: Set<Int>] = [:]
  /// Pairs with a count that may be outdated, largest first.
  private var queue = PairQueue()

  init(words found: [ArraySlice<UInt8>]) {
    var frequency: [ArraySlice<UInt8>: Int] = [:]
    for word in found { frequency[word, default: 0] += 1 }
    for (word, count) in frequency where word.count > 1 {
      words.append(word.map { Int($0) })
      frequencies.append(count)
    }
    for index in words.indices { change(index, by: 1) }
    for (pair, count) in counts { queue.insert(.init(pair: pair, count: count)) }
  }

  /// Adds a word's pairs to the counts, or takes them away, and notes which pairs those were.
  @discardableResult
  private mutating func change(_ index: Int, by sign: Int) -> [Merge] {
    var pairs: [Merge] = []
    for (left, right) in zip(words[index], words[index].dropFirst()) {
      let pair = Merge(left: left, right: right)
      counts[pair, default: 0] += sign * frequencies[index]
      if sign > 0 { places[pair, default: []].insert(index) }
      pairs.append(pair)
    }
    return pairs
  }

  /// The pair that occurs most often, at least twice.
  mutating func mostFrequent() -> Merge? {
    while let entry = queue.popLargest() {
      let count = counts[entry.pair] ?? 0
      if count == entry.count { return count > 1 ? entry.pair : nil }
    }
    return nil
  }

  mutating func join(_ merge: Merge, into token: Int) {
    var touched: Set<Merge> = []
    for index in places[merge] ?? [] {
      touched.formUnion(change(index, by: -1))
      words[index] = words[index].joining(merge, into: token)
      touched.formUnion(change(index, by: 1))
    }
    counts[merge] = nil
    places[merge] = nil
    // The old entries of these pairs now disagree with their counts and are passed over.
    for pair in touched {
      if let count = counts[pair], count > 0 { queue.insert(.init(pair: pair, count: count)) }
    }
  }
}

/// A binary heap of pairs: the highest count first, then the smaller tokens.
private struct PairQueue {
  struct Entry {
    let pair: BytePairTokenizer.Merge
    let count: Int

    func precedes(_ other: Entry) -> Bool {
      if count != other.count { return count > other.count }
      return (pair.left, pair.right) < (other.pair.left, other.pair.right)
    }
  }

  private var heap: [Entry] = []

  mutating func insert(_ entry: Entry) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func popLargest() -> Entry? {
    guard let top = heap.first else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return top }
    heap[0] = last
    var parent = 0
    while true {
      var first = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].precedes(heap[first]) {
        first = child
      }
      if first == parent { return top }
      heap.swapAt(parent, first)
      parent = first
    }
  }
}
