import Foundation
import TensorCore

/// How often each word has each other as its neighbour: the statistics that word vectors are made of.
///
/// A pair at distance d counts (window − d + 1) / window, as often as a window drawn anew at each word
/// reaches so far on average. So these are the counts that skip-gram's training uses, up to chance, when
/// no words are thinned out.
public struct PairCounts: Sendable {
  /// The number of words.
  public let words: Int
  /// #(w): the sum of each word's pairs, which is also the sum of the pairs in which it is the neighbour.
  public let sums: [Double]
  /// |D|: the sum of all pairs.
  public let total: Double
  /// Where the pairs of each word begin; one number more than words.
  let starts: [Int]
  /// The neighbours of each word, from first to last.
  let neighbours: [Int32]
  /// #(w, c) for each of them.
  let values: [Double]

  /// A neighbour of a word.
  public struct Neighbour: Sendable {
    /// Its place in `WordCorpus.words`.
    public let word: Int
    /// #(w, c).
    public let count: Double
  }

  /// Counts the pairs of a text.
  ///
  /// - Parameters:
  ///   - corpus: the text.
  ///   - window: the farthest neighbour.
  public init(_ corpus: WordCorpus, window: Int) {
    let settings = WordVectorSettings(window: window)
    let weights = (0...window).map { settings.weight(distance: $0) }
    words = corpus.words.count
    let occurrences = Occurrences(corpus)
    var starts = [0]
    var neighbours: [Int32] = []
    var values: [Double] = []
    var sums: [Double] = []
    var row = [Double](repeating: 0, count: words)
    var touched: [Int32] = []
    for word in 0..<words {
      for at in occurrences.places(of: word) {
        let sentence = occurrences.bounds(at)
        for other in max(
          sentence.lowerBound, at - window)..<min(sentence.upperBound, at + window + 1)
        where other != at {
          let neighbour = Int(corpus.text[other])
          if row[neighbour] == 0 { touched.append(Int32(neighbour)) }
          row[neighbour] += weights[abs(other - at)]
        }
      }
      touched.sort()
      var sum = 0.0
      for neighbour in touched {
        neighbours.append(neighbour)
        values.append(row[Int(neighbour)])
        sum += row[Int(neighbour)]
        row[Int(neighbour)] = 0
      }
      touched.removeAll(keepingCapacity: true)
      sums.append(sum)
      starts.append(neighbours.count)
    }
    (self.starts, self.neighbours, self.values, self.sums) = (starts, neighbours, values, sums)
    total = sums.reduce(0, +)
  }

  /// How many different pairs the text has, each in both directions.
  public var pairs: Int { neighbours.count }

  /// The neighbours of a word with their counts.
  public func neighbours(of word: Int) -> [Neighbour] {
    (starts[word]..<starts[word + 1]).map {
      Neighbour(word: Int(neighbours[$0]), count: values[$0])
    }
  }

  /// #(w, c); 0 for a pair that the text does not have.
  public func count(_ word: Int, _ neighbour: Int) -> Double {
    let range = starts[word]..<starts[word + 1]
    let row = neighbours[range]
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if Int(row[middle]) < neighbour { low = middle + 1 } else { high = middle }
    }
    return low < range.upperBound && Int(row[low]) == neighbour ? values[low] : 0
  }

  /// Pointwise mutual information, log(#(w, c) |D| / (#(w) #(c))); −∞ for a pair without a count.
  public func pmi(_ word: Int, _ neighbour: Int) -> Double {
    log(count(word, neighbour) * total / (sums[word] * sums[neighbour]))
  }

  /// Positive PMI, `[words, words]`: max(0, PMI), with 0 for pairs that the text does not have.
  ///
  /// Levy and Goldberg 2014, "Neural word embedding as implicit matrix factorization".
  public var positivePMI: Tensor {
    var numbers = [Float](repeating: 0, count: words * words)
    for word in 0..<words {
      for at in starts[word]..<starts[word + 1] {
        let other = Int(neighbours[at])
        let pmi = log(values[at] * total / (sums[word] * sums[other]))
        numbers[word * words + other] = Float(max(0, pmi))
      }
    }
    return Tensor([words, words], numbers)
  }
}

/// Where each word stands in a text.
private struct Occurrences {
  private let starts: [Int]
  private let order: [Int]
  private let sentences: [Int32]
  private let ends: [Int]

  init(_ corpus: WordCorpus) {
    var starts = [0]
    for count in corpus.counts { starts.append(starts.last! + count) }
    var next = starts
    var order = [Int](repeating: 0, count: corpus.text.count)
    for (at, word) in corpus.text.enumerated() {
      order[next[Int(word)]] = at
      next[Int(word)] += 1
    }
    var sentences: [Int32] = []
    sentences.reserveCapacity(corpus.text.count)
    var start = 0
    for (number, end) in corpus.ends.enumerated() {
      for _ in start..<end { sentences.append(Int32(number)) }
      start = end
    }
    (self.starts, self.order, self.sentences) = (starts, order, sentences)
    ends = corpus.ends
  }

  func places(of word: Int) -> ArraySlice<Int> { order[starts[word]..<starts[word + 1]] }

  func bounds(_ at: Int) -> Range<Int> {
    let number = Int(sentences[at])
    return (number == 0 ? 0 : ends[number - 1])..<ends[number]
  }
}
