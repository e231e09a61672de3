import Notebook

/// What trained readers put into the two blanks of "The … puts … in a birthday …".
struct BlankStudy {
  /// A word and its probability.
  struct Answer {
    let word: String
    let probability: Double
  }

  private let who: String
  private let rankings: [Int: [Answer]]

  /// Asks each reader and takes the mean of their answers.
  ///
  /// The end of the sentence is filled first, from everything but the thing; then the thing, with the
  /// likeliest end in its place.
  init(_ readers: [FillInTheBlank], who: String) {
    self.who = who
    var sentence = ["the", who, "puts", FillInTheBlank.blank, "in", "a", "birthday"]
    sentence.append(FillInTheBlank.blank)
    var rankings: [Int: [Answer]] = [:]
    for place in [7, 3] {
      let candidates = place == 7 ? Sentences.places : Sentences.things
      let answers = readers.map { $0.probabilities(sentence, at: place) }
      let ranking = candidates.map { word in
        Answer(
          word: word,
          probability: answers.reduce(0) { $0 + Double($1[word] ?? 0) } / Double(answers.count))
      }.sorted { $0.probability > $1.probability }
      rankings[place] = ranking
      sentence[place] = ranking[0].word
    }
    self.rankings = rankings
  }

  /// All candidates for a place (3: the thing, 7: the end), the likeliest first.
  func ranking(at place: Int) -> [Answer] { rankings[place] ?? [] }

  /// The probability of one candidate.
  func probability(of word: String, at place: Int) -> Double {
    ranking(at: place).first { $0.word == word }?.probability ?? 0
  }

  /// The words whose probability is less than a tenth below the first's: three readers trained on
  /// another processor, where sums round otherwise, might put any of them first.
  func asGood(at place: Int) -> [String] {
    let ranking = ranking(at: place)
    return ranking.dropFirst().filter { ranking[0].probability - $0.probability < 0.1 }.map(\.word)
  }

  /// Every candidate for both blanks.
  var bars: BarPlot {
    let end = ranking(at: 7)[0].word
    func bars(_ place: Int) -> [Bar] {
      ranking(at: place).prefix(8).map { Bar($0.word, $0.probability) }
    }
    return BarPlot(
      "The \(who) puts … in a birthday …", valueLabel: "probability",
      groups: [
        BarGroup("The \(who) puts … in a birthday [ ]", bars(7)),
        BarGroup("The \(who) puts [ ] in a birthday \(end)", bars(3)),
      ])
  }
}
