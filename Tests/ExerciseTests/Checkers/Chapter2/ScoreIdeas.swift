import Foundation

/// What wrong ideas take for the best scores.
enum ScoreIdeas {
  static func all(_ corpus: ShiftedPMIOracle, _ expected: [[Float]])
    -> [Misconception<[[Float]]>]
  {
    let k = corpus.k
    func moved(_ change: (Float) -> Float) -> [[Float]] { expected.map { $0.map(change) } }
    func table(_ score: (_ pair: Double, _ w: Int, _ c: Int) -> Double) -> [[Float]] {
      corpus.table(score)
    }
    func pmi(_ pair: Double, _ w: Int, _ c: Int) -> Double {
      log(pair * corpus.total / (corpus.word(w) * corpus.context(c)))
    }
    return [
      Misconception(
        "log k is missing: with k negatives a pair comes k times as often as noise.",
        gives: moved { $0 + log(Float(k)) }),
      Misconception(
        "You added log k; more negatives push the score down.",
        gives: moved { $0 + 2 * log(Float(k)) }),
      Misconception(
        "You took off k itself; it is log k.", gives: moved { $0 + Float(log(k) - k) }),
      Misconception(
        "This is PMI − log k from the counts alone: right for one noise, the contexts' own shares. "
          + "Here the noise is given.", gives: table { pmi($0, $1, $2) - log(k) }),
      Misconception(
        "This is the PMI of the counts; neither k nor the noise is in it.", gives: table(pmi)),
      Misconception(
        "This is log P(c | w). How often the context is drawn as noise is missing.",
        gives: table { pair, w, _ in log(pair / corpus.word(w)) }),
      Misconception(
        "This is log P(c | w) − log k. How often the context is drawn as noise is missing.",
        gives: table { pair, w, _ in log(pair / corpus.word(w) / k) }),
      Misconception(
        "These are the odds, data over noise; the score is their logarithm.", gives: moved(exp)),
      Misconception(
        "This is σ of the best score; asked for is the score.", gives: moved { 1 / (1 + exp(-$0)) }),
      Misconception(
        "You turned the fraction: what comes often as data gets a high score.", gives: moved { -$0 }
      ),
      Misconception(
        "This is a logarithm to another base; σ has the natural one.",
        gives: moved { $0 / log(Float(2)) }),
      Misconception(
        "This is a logarithm to another base; σ has the natural one.",
        gives: moved { $0 / log(Float(10)) }),
      Misconception(
        "You took the sum of the column for #(w); w is the row.",
        gives: table { pair, _, c in log(pair / (k * corpus.context(c) * corpus.noise[c])) }),
      Misconception(
        "You took the number of all pairs for #(w): a word's noise is drawn k times for each pair of "
          + "its own.",
        gives: table { pair, _, c in log(pair / (k * corpus.total * corpus.noise[c])) }),
      Misconception(
        "#(w) is missing: a word's noise is drawn k times for each of its pairs.",
        gives: table { pair, _, c in log(pair / (k * corpus.noise[c])) }),
      Misconception(
        "You left out the noise that hits the pair's own context, as word2vec's program does; in this "
          + "loss it stays.",
        gives: table { pair, w, c in
          ShiftedPMIOracle.best(pair, corpus.drawn(w, c)) - log(1 - pair / corpus.word(w))
        }),
      Misconception(
        "You cut at 0: positive PMI is another method; training goes below 0.",
        gives: moved { max(0, $0) }),
    ]
  }

  /// Those about pairs that never come.
  static func never(_ corpus: ShiftedPMIOracle, _ expected: [[Float]]) -> [Misconception<[[Float]]>]
  {
    func replaced(
      _ value: Float, _ isMeant: (_ data: Double, _ drawn: Double) -> Bool
    ) -> [[Float]] {
      let told = corpus.table { pair, w, c in isMeant(pair, corpus.drawn(w, c)) ? 1 : 0 }
      return zip(expected, told).map { zip($0, $1).map { $1 == 1 ? value : $0 } }
    }
    let unseen =
      "A pair that never comes as data, only as noise: every step pushes its score down, and no "
      + "score is best. −∞ is asked for."
    var ideas = [Float(0), -1e9, -.greatestFiniteMagnitude, -100, -1000, -1e6, .nan].map {
      Misconception(unseen, gives: replaced($0) { $0 == 0 && $1 > 0 })
    }
    ideas += [1.0, 1e-3, 1e-6, 1e-8, 1e-9, 1e-10, 1e-12].map { small in
      Misconception(
        unseen,
        gives: corpus.table { pair, w, c in log((pair + small) / corpus.drawn(w, c)) })
    }
    ideas += [-Float.infinity, .infinity, .nan].map {
      Misconception(
        "Where a pair comes neither as data nor as noise (0 / 0), no score is better than "
          + "another: 0 is asked for.", gives: replaced($0) { $0 == 0 && $1 == 0 })
    }
    ideas += [Float(0), .nan, -.infinity].map {
      Misconception(
        "A pair that is never drawn as noise is only pushed up: its best score is ∞.",
        gives: replaced($0) { $0 > 0 && $1 == 0 })
    }
    // The scores of all other pairs wrong, and these with care.
    ideas += all(corpus, expected).map { idea in
      let never = isNever(corpus)
      return Misconception(
        idea.sentence,
        gives: expected.indices.map { w in
          expected[w].indices.map { never[w][$0] ? expected[w][$0] : idea.answer[w][$0] }
        })
    }
    return ideas
  }

  /// Where a pair never comes: not as data, not as noise, or neither.
  private static func isNever(_ corpus: ShiftedPMIOracle) -> [[Bool]] {
    corpus.table { pair, w, c in pair > 0 && corpus.drawn(w, c) > 0 ? 0 : 1 }
      .map { $0.map { $0 == 1 } }
  }

  /// What to say of a table where no idea fits, by whether it is wrong where a pair never comes.
  static func otherwise(_ corpus: ShiftedPMIOracle, _ got: [[Float]]) -> String? {
    let (expected, never) = (corpus.scores, isNever(corpus))
    guard got.map(\.count) == expected.map(\.count) else { return nil }
    func isWrong(_ places: Bool) -> Bool {
      got.indices.contains { w in
        got[w].indices.contains {
          never[w][$0] == places && !isClose(got[w][$0], expected[w][$0], tolerance: 1e-5)
        }
      }
    }
    if isWrong(true) {
      return "With a the times that a pair comes as data and b as noise: what is best if a is 0, "
        + "if b is 0, and if both are?"
    }
    return "Pairs that never come have the right scores here; those of the others are wrong."
  }
}
