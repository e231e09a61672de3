import Checkers
import ExerciseFunctions
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter2Functions) -> Void
) -> Specimen<Chapter2Functions> {
  .mutant("2.3", name, says: sentence, chapter2Solutions, change)
}

private typealias Slopes = Chapter2Functions.WindowSlopes

private func sum(_ rows: [[Float]]) -> [Float] {
  (rows.first ?? []).indices.map { axis in rows.map { $0[axis] }.reduce(0, +) }
}
@Sendable private func mean(_ rows: [[Float]]) -> [Float] {
  scaled(sum(rows), 1 / Float(rows.count))
}
private func distinct(_ rows: [[Float]]) -> [[Float]] {
  rows.enumerated().filter { rows.firstIndex(of: $1) == $0 }.map(\.element)
}

/// A pair with a vector in the place of the center: loss, the slope of h, of u, of the negatives.
private func pair(_ h: [Float], _ u: [Float], _ negatives: [[Float]])
  -> Chapter2Functions.PairSlopes
{
  let pull = sigmoid(dot(h, u)) - 1
  let pushes = negatives.map { sigmoid(dot(h, $0)) }
  let loss = softplus(-dot(h, u)) + negatives.map { softplus(dot(h, $0)) }.reduce(0, +)
  return (
    loss, sum([scaled(u, pull)] + zip(negatives, pushes).map { scaled($0, $1) }), scaled(h, pull),
    pushes.map { scaled(h, $0) }
  )
}

/// A window's loss and slopes; h from the rows, and each row's slope from that of h.
private func bag(
  _ h: @escaping @Sendable ([[Float]]) -> [Float] = mean,
  share: @escaping @Sendable (_ slope: [Float], _ rows: [[Float]]) -> [[Float]] = { slope, rows in
    rows.map { _ in scaled(slope, 1 / Float(rows.count)) }
  },
  finish:
    @escaping @Sendable (
      _ answer: inout Slopes, _ window: [[Float]], _ u: [Float], _ negatives: [[Float]]
    ) -> Void = { _, _, _, _ in }
) -> @Sendable ([[Float]], [Float], [[Float]]) -> Slopes {
  { window, u, negatives in
    if window.isEmpty { return (0, [], scaled(u, 0), negatives.map { scaled($0, 0) }) }
    let whole = pair(h(window), u, negatives)
    var answer: Slopes = (
      whole.loss, share(whole.center, window), whole.context, whole.negatives
    )
    finish(&answer, window, u, negatives)
    return answer
  }
}

/// The table's gradient, by how a word's slope comes into its row.
private func table(
  _ bag: @escaping @Sendable ([[Float]], [Float], [[Float]]) -> Slopes = bag(),
  _ enter: @escaping @Sendable (_ row: inout [Float], _ slope: [Float]) -> Void = { row, slope in
    row = sum([row, slope])
  }
) -> @Sendable ([[Float]], [Int], [Float], [[Float]]) -> [[Float]] {
  { table, words, u, negatives in
    var gradient = table.map { scaled($0, 0) }
    for (word, slope) in zip(words, bag(words.map { table[$0] }, u, negatives).window) {
      enter(&gradient[word], slope)
    }
    return gradient
  }
}

let continuousBagOfWordsSpecimens: [Specimen<Chapter2Functions>] = [
  mutant("the sum", says: "You took the sum of the window's vectors; here it is their mean") {
    $0.bagOfWords = bag { sum($0) }
  },
  mutant("the mean of losses", says: "You took the mean of the words' own losses") {
    $0.bagOfWords = bag(finish: { answer, window, u, negatives in
      answer.loss =
        window.map { pair($0, u, negatives).loss }.reduce(0, +) / Float(window.count)
    })
  },
  mutant("the sum of losses", says: "You added the words' own losses") {
    $0.bagOfWords = bag(finish: { answer, window, u, negatives in
      answer.loss = window.map { pair($0, u, negatives).loss }.reduce(0, +)
    })
  },
  mutant("equal rows once", says: "Equal rows of the window count once") {
    $0.bagOfWords = bag { mean(distinct($0)) }
  },
  mutant("the center in the window", says: "You counted the center among") {
    $0.bagOfWords = bag(finish: { answer, window, u, negatives in
      answer.loss = pair(mean(window + [u]), u, negatives).loss
    })
  },
  mutant("one word too many", says: "You divided by one word too many") {
    $0.bagOfWords = bag { scaled(sum($0), 1 / Float($0.count + 1)) }
  },
  mutant("the first word", says: "Only the first word of the window predicts") {
    $0.bagOfWords = bag { $0[0] }
  },
  mutant("negatives score high", says: "Your negatives are to score high") {
    $0.bagOfWords = bag(finish: { answer, window, u, negatives in
      let h = mean(window)
      answer.loss = ([u] + negatives).map { softplus(-dot(h, $0)) }.reduce(0, +)
    })
  },
  mutant("the mean over negatives", says: "the mean over the negatives; the loss") {
    $0.bagOfWords = bag(finish: { answer, window, u, negatives in
      let own = softplus(-dot(mean(window), u))
      answer.loss = own + (answer.loss - own) / Float(max(1, negatives.count))
    })
  },
  mutant("no negatives", says: "The negatives are missing from your loss") {
    $0.bagOfWords = bag(finish: { answer, window, u, _ in
      answer.loss = softplus(-dot(mean(window), u))
    })
  },
  mutant("equal negatives once", says: "Two equal negatives count once") {
    $0.bagOfWords = bag(finish: { answer, window, u, negatives in
      answer.loss = pair(mean(window), u, distinct(negatives)).loss
    })
  },
  mutant("uphill", says: "This is uphill: the loss") {
    $0.bagOfWords = bag(finish: { answer, _, _, _ in answer.loss = -answer.loss })
  },
  mutant("nothing is a prediction of zeros", says: "You took zeros for the mean of no words") {
    let sound = $0.bagOfWords
    $0.bagOfWords = { window, u, negatives in
      try sound(window.isEmpty ? [scaled(u, 0)] : window, u, negatives)
    }
  },
  mutant("divides by no words", says: "You divided by the number of words, which is 0") {
    let sound = $0.bagOfWords
    $0.bagOfWords = { window, u, negatives in
      var answer = try sound(window, u, negatives)
      if window.isEmpty { answer.loss = .nan }
      return answer
    }
  },
  mutant("a σ that is cut", says: "on the wrong side then pays too little") {
    $0.bagOfWords = bag(finish: { answer, window, u, negatives in
      let h = mean(window)
      let sigmas = [sigmoid(dot(h, u))] + negatives.map { sigmoid(-dot(h, $0)) }
      answer.loss = sigmas.map { -log(max($0, 1e-7)) }.reduce(0, +)
    })
  },
  mutant("the center's σ overflows", says: "whose exp only gets negative numbers") {
    $0.bagOfWords = bag(finish: { answer, window, u, _ in
      let power = exp(dot(mean(window), u))
      answer.center = scaled(mean(window), power / (1 + power) - 1)
    })
  },
  mutant("undivided", says: "goes to each word undivided in your answer") {
    $0.bagOfWords = bag(share: { slope, rows in rows.map { _ in slope } })
  },
  mutant("divided twice", says: "You divided by the number of words twice") {
    $0.bagOfWords = bag(share: { slope, rows in
      rows.map { _ in scaled(slope, 1 / Float(rows.count * rows.count)) }
    })
  },
  mutant("downhill", says: "Downhill: this is minus the gradient in the window") {
    $0.bagOfWords = bag(finish: { answer, _, _, _ in
      answer.window = answer.window.map { scaled($0, -1) }
      answer.center = scaled(answer.center, -1)
      answer.negatives = answer.negatives.map { scaled($0, -1) }
    })
  },
  mutant("the center downhill", says: "Downhill: this is minus the gradient in the center") {
    $0.bagOfWords = bag(finish: { answer, _, _, _ in answer.center = scaled(answer.center, -1) })
  },
  mutant("the negatives downhill", says: "Downhill: this is minus the gradient in the negatives") {
    $0.bagOfWords = bag(finish: { answer, _, _, _ in
      answer.negatives = answer.negatives.map { scaled($0, -1) }
    })
  },
  mutant("downhill and undivided", says: "Downhill, and undivided") {
    $0.bagOfWords = bag(share: { slope, rows in rows.map { _ in scaled(slope, -1) } })
  },
  mutant("own slopes", says: "Each word of the window has the slope of its own pair") {
    $0.bagOfWords = bag(finish: { answer, window, u, negatives in
      answer.window = window.map { pair($0, u, negatives).center }
    })
  },
  mutant("own slopes divided", says: "Each word of the window has the slope of its own pair") {
    $0.bagOfWords = bag(finish: { answer, window, u, negatives in
      answer.window = window.map {
        scaled(pair($0, u, negatives).center, 1 / Float(window.count))
      }
    })
  },
  mutant("the sum's slope", says: "You took the sum of the window's vectors; here it is their mean")
  {
    $0.bagOfWords = bag(finish: { answer, window, u, negatives in
      answer.window = window.map { _ in pair(sum(window), u, negatives).center }
    })
  },
  mutant("the first word's slope", says: "Only the first word of the window gets a slope") {
    $0.bagOfWords = bag(share: { slope, rows in
      rows.indices.map { scaled(slope, $0 == 0 ? 1 / Float(rows.count) : 0) }
    })
  },
  mutant("equal rows' slopes added", says: "Each of two equal rows got the slope of both") {
    $0.bagOfWords = bag(share: { slope, rows in
      rows.map { row in scaled(slope, Float(rows.count { $0 == row }) / Float(rows.count)) }
    })
  },
  mutant("equal rows' slopes once", says: "Of two equal rows one alone got a slope") {
    $0.bagOfWords = bag(share: { slope, rows in
      rows.indices.map {
        scaled(slope, rows.firstIndex(of: rows[$0]) == $0 ? 1 / Float(rows.count) : 0)
      }
    })
  },
  mutant("one slope for all, undivided", says: "that of the mean; each of its rows gets 1/C of it")
  {
    $0.bagOfWords = bag(share: { slope, _ in [slope] })
  },
  mutant(
    "one slope for all", says: "You gave one slope for the whole window; each of its rows gets one"
  ) {
    $0.bagOfWords = bag(share: { slope, rows in [scaled(slope, 1 / Float(rows.count))] })
  },
  mutant("the center with the sum", says: "the slope in u has their mean") {
    $0.bagOfWords = bag(finish: { answer, window, _, _ in
      answer.center = scaled(answer.center, Float(window.count))
    })
  },
  mutant("the center with itself", says: "You multiplied with the center itself") {
    $0.bagOfWords = bag(finish: { answer, window, u, _ in
      answer.center = scaled(u, sigmoid(dot(mean(window), u)) - 1)
    })
  },
  mutant("the mean's slope for the center's", says: "You gave back the slope of the mean") {
    $0.bagOfWords = bag(finish: { answer, window, u, negatives in
      answer.center = pair(mean(window), u, negatives).center
    })
  },
  mutant("the center divided", says: "You divided the center's slope by the number of words") {
    $0.bagOfWords = bag(finish: { answer, window, _, _ in
      answer.center = scaled(answer.center, 1 / Float(window.count))
    })
  },
  mutant("σ for σ − 1", says: "the 1 is missing in your answer") {
    $0.bagOfWords = bag(finish: { answer, window, u, _ in
      answer.center = scaled(mean(window), sigmoid(dot(mean(window), u)))
    })
  },
  mutant("negatives with the sum", says: "a negative's slope has their mean") {
    $0.bagOfWords = bag(finish: { answer, window, _, _ in
      answer.negatives = answer.negatives.map { scaled($0, Float(window.count)) }
    })
  },
  mutant("negatives with themselves", says: "You multiplied with the negatives themselves") {
    $0.bagOfWords = bag(finish: { answer, window, _, negatives in
      answer.negatives = negatives.map { scaled($0, sigmoid(dot(mean(window), $0))) }
    })
  },
  mutant(
    "negatives divided by words", says: "You divided the negatives' slopes by the number of words"
  ) {
    $0.bagOfWords = bag(finish: { answer, window, _, _ in
      answer.negatives = answer.negatives.map { scaled($0, 1 / Float(window.count)) }
    })
  },
  mutant(
    "negatives divided by their number", says: "You divided each negative's slope by their number"
  ) {
    $0.bagOfWords = bag(finish: { answer, _, _, negatives in
      answer.negatives = answer.negatives.map { scaled($0, 1 / Float(negatives.count)) }
    })
  },
  mutant("the table undivided", says: "goes to each word undivided in your answer") {
    $0.tableGradient = table(bag(share: { slope, rows in rows.map { _ in slope } }))
  },
  mutant("puts instead of adds", says: "A word that stands at two places got the slope of one: add")
  {
    $0.tableGradient = table(bag()) { row, slope in row = slope }
  },
  mutant("puts, undivided", says: "got the slope of one, and undivided") {
    $0.tableGradient = table(bag(share: { slope, rows in rows.map { _ in slope } })) { $0 = $1 }
  },
  mutant("a row for each place", says: "These are the slopes of the window's places") {
    $0.tableGradient = { table, words, u, negatives in
      bag()(words.map { table[$0] }, u, negatives).window
    }
  },
  mutant("the first rows", says: "The slopes stand in the first rows") {
    $0.tableGradient = { table, words, u, negatives in
      let slopes = bag()(words.map { table[$0] }, u, negatives).window
      return table.indices.map { $0 < slopes.count ? slopes[$0] : scaled(table[$0], 0) }
    }
  },
  mutant("every row", says: "Every row of the table gets a slope") {
    $0.tableGradient = { table, words, u, negatives in
      let slopes = bag()(words.map { table[$0] }, u, negatives).window
      return table.map { slopes.first ?? scaled($0, 0) }
    }
  },
  mutant("the table downhill", says: "Downhill: this is minus the gradient in the table") {
    $0.tableGradient = table(bag()) { row, slope in row = sum([row, scaled(slope, -1)]) }
  },
  mutant("the step", says: "You took the step") {
    let sound = $0.tableGradient
    $0.tableGradient = { table, words, u, negatives in
      zip(table, try sound(table, words, u, negatives)).map { sum([$0, scaled($1, -1)]) }
    }
  },
  mutant("a wrong bag in a right table", says: "The slopes are those of your bagOfWords") {
    // Right where the part before looks.
    let (sound, wrong) = ($0.bagOfWords, bag { scaled(sum($0), 1 / Float($0.count + 1)) })
    let isOfTable: @Sendable ([[Float]]) -> Bool = { $0.contains([3, 0]) && $0.contains([0, 3]) }
    $0.bagOfWords = { isOfTable($0) ? wrong($0, $1, $2) : try sound($0, $1, $2) }
    $0.tableGradient = table(wrong)
  },
  .undone(by: .equalRows, "2.3", "finds a word of the table by its vector", chapter2Solutions) {
    $0.tableGradient = { rows, words, u, negatives in
      table()(rows, words.map { rows.firstIndex(of: rows[$0])! }, u, negatives)
    }
  },
  .undone(by: .sizes, "2.3", "six words of a window at most", chapter2Solutions) {
    let sound = $0.bagOfWords
    $0.bagOfWords = { window, u, negatives in
      var answer = try sound(Array(window.prefix(6)), u, negatives)
      while answer.window.count < window.count { answer.window.append(answer.window[0]) }
      return answer
    }
  },
  .undone(
    by: .stability, "2.3", "a window's scores without care for large ones",
    told: ["whose exp only gets negative numbers"], chapter2Solutions
  ) {
    $0.bagOfWords = bag(finish: { answer, window, u, negatives in
      let h = mean(window)
      answer.loss =
        log(1 + exp(-dot(h, u))) + negatives.map { log(1 + exp(dot(h, $0))) }.reduce(0, +)
    })
  },
  .undone(by: .chance, "2.3", "remembers a window's mean by its first word", chapter2Solutions) {
    let memory = Memory<[Float]>()
    $0.bagOfWords = bag { rows in memory.value("\(rows[0]) \(rows.count)") { mean(rows) } }
  },
]
