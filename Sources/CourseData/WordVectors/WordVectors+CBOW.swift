import TensorCore

// Sharing CBOW between threads without a race.
//
// A mean needs neighbours of all parts, so that piles as in skip-gram do not come apart. A round, some
// hundred words, goes in three steps, and before each everybody waits for everybody: the means of the
// neighbours (shared out by places in the text); scores and steps of the output rows (by parts of the
// words: each thread has all means and its own rows); the steps of the input rows (by parts again). In
// a round the output rows see each other's updates at once, the means are those of its beginning.

extension WordVectors {
  func trainCBOW(_ progress: (Double) -> Void) {
    let parts = sharing.parts
    let owners = balancedParts(
      corpus.counts.indices.map {
        Double(corpus.counts[$0]) / Double(corpus.count)
          + Double(settings.negatives) * sampler.noise.probabilities[$0]
      }, parts)
    let stretches = (0..<parts).map { _ in ContextLists(sampler, owners: owners, parts: parts) }
    rounds(of: sharing.meanRound, progress) { round, sentences, rate in
      parallel(parts) { part in
        var random = Random(seed: seed ^ 0x3A1D, stream: round * parts + part)
        let share = sentences.share(part, of: parts)
        stretches[part].draw(self, share, using: &random)
      }
      parallel(2 * parts) { part in
        let stretch = stretches[part / 2]
        let lists = (0..<stretch.lists.count).share(part % 2, of: 2)
        meanRows(
          stretch.lists, lists, of: inputs.start, to: stretch.means.start, stride: inputs.stride)
        for steps in stretch.steps { steps.clear(lists) }
      }
      parallel(parts) { part in
        for stretch in stretches {
          stepNegativeSampling(
            stretch.piles[part].groups, input: stretch.means.start,
            inputSteps: stretch.steps[part].start, output: outputs.start, stride: inputs.stride,
            rate: rate)
        }
      }
      owners.withUnsafeBufferPointer { owners in
        parallel(parts) { part in
          for stretch in stretches {
            spreadSteps(
              stretch.lists, stretch.steps.map(\.start), over: inputs.start, stride: inputs.stride,
              parts: owners.baseAddress!, mine: UInt8(part))
          }
        }
      }
    }
  }
}

extension Range<Int> {
  /// The range cut in `parts` neighbouring shares of about equal length; one of them.
  func share(_ part: Int, of parts: Int) -> Range<Int> {
    lowerBound + count * part / parts..<lowerBound + count * (part + 1) / parts
  }
}

/// The neighbours of each word of a stretch of text, and the words to be scored against their means.
private final class ContextLists {
  private let sampler: WindowSampler
  private let owners: [UInt8]
  /// For each part of the words the groups to be scored; their inputs are the means' numbers.
  let piles: [GroupBuffer]
  private(set) var means: VectorTable
  /// For each part of the words the steps of the means.
  private(set) var steps: [VectorTable]
  private let buffer = GroupBuffer()
  private(set) var lists: RowLists
  private var kept: [Int32] = []

  init(_ sampler: WindowSampler, owners: [UInt8], parts: Int) {
    (self.sampler, self.owners) = (sampler, owners)
    piles = (0..<parts).map { _ in GroupBuffer() }
    means = VectorTable(rows: 0, width: sampler.settings.width)
    steps = piles.map { _ in VectorTable(rows: 0, width: sampler.settings.width) }
    let nothing = buffer.groups
    lists = RowLists(count: 0, ends: nothing.ends, rows: nothing.outputs)
  }

  func draw(_ vectors: WordVectors, _ sentences: Range<Int>, using random: inout Random) {
    let (negatives, drops) = (sampler.settings.negatives, sampler.settings.dropsTrueNeighbours)
    let words = vectors.length(of: sentences)
    if words > means.rows {
      means = VectorTable(rows: 2 * words, width: sampler.settings.width)
      steps = piles.map { _ in VectorTable(rows: 2 * words, width: sampler.settings.width) }
    }
    var contexts = buffer.reserve(groups: words, rows: words * 2 * sampler.settings.window)
    var writers = piles.map { $0.reserve(groups: words, rows: words * (negatives + 1)) }
    vectors.corpus.text.withUnsafeBufferPointer { text in
      for number in sentences {
        sampler.windows(vectors.sentence(number, in: text), kept: &kept, using: &random) {
          words, at, first, last, random in
          if first == last { return }
          let list = Int32(truncatingIfNeeded: contexts.count)
          for other in first...last where other != at { contexts.append(words[other]) }
          contexts.endGroup(input: words[at])
          writers[Int(owners[Int(words[at])])].append(words[at])
          for part in piles.indices { writers[part].endPositives() }
          for _ in 0..<negatives {
            let drawn = Int32(truncatingIfNeeded: sampler.noise.draw(using: &random))
            // The true word is no noise beside itself: such a draw is dropped.
            if drops && drawn == words[at] { continue }
            writers[Int(owners[Int(drawn)])].append(drawn)
          }
          for part in piles.indices { writers[part].endGroup(input: list) }
        }
      }
    }
    buffer.finish(contexts)
    for (pile, writer) in zip(piles, writers) { pile.finish(writer) }
    let groups = buffer.groups
    lists = RowLists(count: groups.count, ends: groups.ends, rows: groups.outputs)
  }
}
