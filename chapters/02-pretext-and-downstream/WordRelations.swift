import CourseData
import Notebook
import TensorCore

/// What one seed's vectors know of the story world: neighbours and analogies.
struct WordRelations {
  /// The names of the kinds of neighbours and of the relations.
  let kinds: [String]
  let relations: [String]
  /// By name of the vectors, a share for each kind and for each relation.
  let neighbours: [(name: String, shares: [Double])]
  let analogies: [(name: String, shares: [Double])]

  init(_ trial: WordTrial) {
    var random = Random(seed: trial.seed ^ 0xA4A1)
    let words = trial.corpus.words.count
    let wordKinds = WordKinds(trial.corpus)
    let questions = WordAnalogies(trial.corpus, using: &random)
    kinds = wordKinds.kinds.map(\.name)
    relations = questions.relations.map(\.name)
    neighbours =
      [("chance", wordKinds.chances(words: words))]
      + trial.named.map { ($0.name, wordKinds.shares($0.vectors)) }
    analogies =
      [
        ("chance", questions.chances(words: words)),
        (
          "nearest to b alone",
          questions.shares(trial.vectors(WordTrial.skipGram), ignoresTheOthers: true)
        ),
      ] + trial.named.map { ($0.name, questions.shares($0.vectors)) }
  }

  /// The mean over the relations for vectors of a name.
  func meanAnalogy(_ name: String) -> Double {
    let shares = analogies.first { $0.name == name }!.shares
    return shares.reduce(0, +) / Double(shares.count)
  }

  /// Of which kind the nearest neighbours are.
  static func neighbourTable(_ runs: [WordRelations]) -> Table {
    table("How often the nearest word is of the same kind", runs[0].kinds, runs.map(\.neighbours))
  }

  /// How many analogies are answered rightly.
  static func analogyTable(_ runs: [WordRelations]) -> Table {
    table("Analogies answered rightly", runs[0].relations, runs.map(\.analogies))
  }

  private static func table(
    _ title: String, _ columns: [String], _ runs: [[(name: String, shares: [Double])]]
  ) -> Table {
    Table(
      title, columns: [.text("vectors")] + columns.map { .number($0, decimals: 2) },
      rows: runs[0].indices.map { row in
        [.text(runs[0][row].name)]
          + columns.indices.map { column in .mean(of: runs.map { $0[row].shares[column] }) }
      })
  }
}

/// The nearest words of some words, for counted and for learnt vectors.
func neighbourList(_ trial: WordTrial) -> Note {
  let asked = ["he", "bread", "museum", "hungry", "kate", "guitar"].filter {
    trial.corpus.place(of: $0) != nil
  }
  return neighbourNote(
    trial.corpus, asked,
    [
      (WordTrial.counts, trial.vectors(WordTrial.counts)),
      (WordTrial.skipGram, trial.vectors(WordTrial.skipGram)),
    ])
}

private func neighbourNote(
  _ corpus: WordCorpus, _ asked: [String], _ vectors: [(name: String, vectors: Variable)]
) -> Note {
  let places = asked.map { corpus.place(of: $0)! }
  let found = vectors.map { nearestNeighbours(of: $0.vectors.gather(places), in: $0.vectors, k: 5) }
  var lines: [String] = []
  for (index, word) in asked.enumerated() {
    for (vectors, found) in zip(vectors, found) {
      let words = found[index].filter { $0 != places[index] }.prefix(4).map { corpus.words[$0] }
      lines.append("\(word), \(vectors.name): \(words.joined(separator: ", "))")
    }
  }
  return Note("The nearest words", lines: lines)
}

/// Neighbours and, where the text has such words, analogies of a text of the reader's.
func ownNeighbours(_ corpus: WordCorpus, width: Int, epochs: Int, seed: UInt64) -> Note {
  var random = Random(seed: seed)
  let counted = countedVectors(PairCounts(corpus, window: 5), width: width, using: &random)
  let learnt = Variable(
    trained(
      corpus, WordVectorSettings(width: width, epochs: epochs), seed: seed,
      title: "Word vectors of your text"
    ).input)
  // From the hundredth word on: the first are those of grammar.
  let asked = stride(from: min(100, corpus.words.count / 3), to: corpus.words.count, by: 60)
    .prefix(6).map { corpus.words[$0] }
  var note = neighbourNote(
    corpus, asked, [(WordTrial.counts, counted), (WordTrial.skipGram, learnt)])
  note.title = "The nearest words in your text"
  let family = WordAnalogies.family(corpus)
  let count = family.relations[0].questions.count
  let percent = NumberStyle.percent(0)
  note.lines += [
    "",
    count == 0
      ? "Of man : woman, king : queen and the like the text has too few for an analogy."
      : "man : woman, king : queen and the like, \(count) analogies: counts "
        + "\(percent.text(family.shares(counted)[0])), skip-gram "
        + "\(percent.text(family.shares(learnt)[0])), nearest to b alone "
        + "\(percent.text(family.shares(learnt, ignoresTheOthers: true)[0])), chance "
        + NumberStyle.percent(2).text(family.chances(words: corpus.words.count)[0]),
  ]
  return note
}

/// The words of the world's kinds in the plane of their two principal components.
func wordMap(_ trial: WordTrial) -> ScatterPlot {
  let vectors = trial.vectors(WordTrial.skipGram)
  func places(_ words: [String]) -> [Int] {
    words.compactMap { trial.corpus.place(of: $0.lowercased()) }
  }
  let kinds: [(name: String, words: [Int])] = [
    ("women", places(StoryWorld.people.filter(\.isFemale).map(\.name))),
    ("men", places(StoryWorld.people.filter { !$0.isFemale }.map(\.name))),
    ("places", places(StoryWorld.places.map(\.name))),
    ("things", places(StoryWorld.things.map(\.name))),
    ("wants", places(StoryWorld.wants.map(\.name))),
  ]
  let shown = withoutGradient { l2Normalised(vectors.gather(kinds.flatMap(\.words))) }
  var random = Random(seed: trial.seed)
  let plane = PrincipalComponents(shown, count: 2, using: &random)(shown).value.numbers
  var next = 0
  let classes = kinds.map { kind in
    let rows = next..<next + kind.words.count
    next = rows.upperBound
    return PointClass(
      kind.name, x: rows.map { plane[2 * $0] }, y: rows.map { plane[2 * $0 + 1] })
  }
  return ScatterPlot(
    "A map of the world's words", xLabel: "first component", yLabel: "second component",
    classes: classes)
}
