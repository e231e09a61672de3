import TensorCore

/// A text as numbers of words: what word vectors are trained on.
///
/// Words that are too rare are taken out before anything else happens, so that their neighbours become
/// neighbours of each other.
public struct WordCorpus: Sendable {
  /// The words, the most frequent first; of equally frequent ones the first in the alphabet.
  public let words: [String]
  /// How often each occurs.
  public private(set) var counts: [Int]
  /// All sentences, one after the other, as places in `words`.
  private(set) var text: [Int32]
  /// Where each sentence ends in `text`.
  private(set) var ends: [Int]
  private let places: [String: Int]

  /// The longest sentence; longer lines are cut, as a text without line breaks must be.
  static let longestSentence = 1000

  /// Counts the words of a text and numbers them.
  ///
  /// - Parameters:
  ///   - lines: the words of each line; windows never reach across a line's end.
  ///   - minimumCount: a word that is rarer is taken out.
  ///   - largest: how many words to keep at most, the most frequent ones.
  ///   - name: what the text is, for messages.
  /// - Throws: `DataError` where fewer than two different words are left, or no two of them stand in
  ///   one line: then there is nothing to predict.
  public init(
    _ lines: [[String]], minimumCount: Int = 1, largest: Int = .max, named name: String = "the text"
  ) throws(DataError) {
    var frequency: [String: Int] = [:]
    for line in lines { for word in line { frequency[word, default: 0] += 1 } }
    let kept = frequency.filter { $0.value >= minimumCount }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(largest)
    words = kept.map(\.key)
    counts = kept.map(\.value)
    let places = Dictionary(uniqueKeysWithValues: zip(words, 0...))
    self.places = places
    var text: [Int32] = []
    var ends: [Int] = []
    for line in lines {
      let start = text.count
      for word in line {
        if let place = places[word] { text.append(Int32(place)) }
      }
      var end = start
      while end < text.count {
        end = min(text.count, end + Self.longestSentence)
        ends.append(end)
      }
    }
    (self.text, self.ends) = (text, ends)
    try check(frequency, minimumCount, name)
  }

  private func check(
    _ frequency: [String: Int], _ minimumCount: Int, _ name: String
  ) throws(DataError) {
    func damaged(_ reason: String, _ remedy: String) -> DataError {
      DataError(.damaged, file: name, reason: reason, remedy: remedy)
    }
    let remedy = "name a text of some thousand words"
    if frequency.isEmpty { throw damaged("it has no words", remedy) }
    if frequency.count == 1 {
      throw damaged("it has one word only, “\(frequency.keys.first!)”", remedy)
    }
    if words.count < 2 {
      throw damaged(
        "of its \(frequency.count) words \(words.isEmpty ? "none occurs" : "one alone occurs") "
          + "\(minimumCount) times or more", "name a longer text")
    }
    if !sentences.contains(where: { $0.count > 1 }) {
      throw damaged(
        "no two words stand in one line, so that no word has a neighbour",
        "name a text with sentences in its lines")
    }
  }

  /// The text with its frequent words thinned out once, as training does it anew in every epoch.
  ///
  /// The words keep their numbers, also those that fall altogether.
  ///
  /// - Parameters:
  ///   - threshold: t; see `WordVectorSettings.keepProbability`.
  ///   - random: decides which fall.
  /// - Returns: the text that is left, with the same vocabulary; `counts` are those of what is left.
  public func thinned(threshold: Double, using random: inout Random) -> WordCorpus {
    var corpus = self
    let keep = counts.map {
      Float(
        WordVectorSettings.keepProbability(
          frequency: Double($0) / Double(count), threshold: threshold))
    }
    corpus.text.removeAll(keepingCapacity: true)
    corpus.counts = counts.map { _ in 0 }
    var start = 0
    corpus.ends = ends.map { end in
      for word in text[start..<end] where random.uniform() < keep[Int(word)] {
        corpus.text.append(word)
        corpus.counts[Int(word)] += 1
      }
      start = end
      return corpus.text.count
    }
    return corpus
  }

  /// How many words the text has, those left out not counted.
  public var count: Int { text.count }

  /// The number of a word; nil where the text does not have it, or not often enough.
  public func place(of word: String) -> Int? { places[word] }

  /// The numbers of the words of a line, those left out passed over.
  public func places(of line: [String]) -> [Int] { line.compactMap { places[$0] } }

  /// The sentences, each as places in `words`.
  public var sentences: [[Int]] {
    var start = 0
    return ends.map { end in
      defer { start = end }
      return text[start..<end].map(Int.init)
    }
  }
}
