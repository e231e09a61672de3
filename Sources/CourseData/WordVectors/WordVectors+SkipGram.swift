import TensorCore

// Sharing skip-gram between threads without a race.
//
// word2vec.c lets all threads write one table at once and accepts that updates get lost (Hogwild);
// the result then differs from run to run. Here the words are dealt out into parts of about equal
// weight, once as inputs and once as outputs. A round draws the pairs of some thousand words, and puts
// each pair (input w, output c) on the pile of w's and c's parts. Piles that share neither rows nor
// columns of the table below touch no common vector:
//
//             outputs A   outputs B
//   inputs A      1           2         first both 1, side by side,
//   inputs B      2           1         then both 2
//
// Whoever works on a pile, and whenever, the bits are the same; within a pile every update sees all
// earlier ones. Gemulla et al. 2011, "Large-scale matrix factorization with distributed stochastic
// gradient descent", do the same with a cluster.

extension WordVectors {
  func trainSkipGram(_ progress: (Double) -> Void) {
    let parts = sharing.parts
    let inputParts = balancedParts(corpus.counts.map(Double.init), parts)
    let k = Double(settings.negatives)
    let outputParts = balancedParts(
      corpus.counts.indices.map {
        Double(corpus.counts[$0]) / Double(corpus.count) + k * sampler.noise.probabilities[$0]
      }, parts)
    let stretches = (0..<parts).map { _ in
      SkipGramPiles(sampler, inputParts: inputParts, outputParts: outputParts, parts: parts)
    }
    rounds(of: sharing.pairRound, progress) { round, sentences, rate in
      parallel(parts) { part in
        var random = Random(seed: seed ^ 0x3A1D, stream: round * parts + part)
        stretches[part].draw(self, sentences.share(part, of: parts), using: &random)
      }
      for shift in 0..<parts {
        // Every other round goes backwards, so that a thread begins with what lies in its cache.
        let shift = round % 2 == 0 ? shift : parts - 1 - shift
        parallel(parts) { part in
          for stretch in stretches {
            stepNegativeSampling(
              stretch.pile(part, (part + shift) % parts).groups, input: inputs.start,
              inputSteps: inputs.start, output: outputs.start, stride: inputs.stride, rate: rate)
          }
        }
      }
    }
  }
}

/// Deals things out into parts of about equal weight, the heaviest first, each to the lightest part.
func balancedParts(_ weights: [Double], _ parts: Int) -> [UInt8] {
  var sums = [Double](repeating: 0, count: parts)
  var result = [UInt8](repeating: 0, count: weights.count)
  for thing in weights.indices.sorted(by: { (weights[$1], $0) < (weights[$0], $1) }) {
    let lightest = sums.indices.min { sums[$0] < sums[$1] }!
    result[thing] = UInt8(lightest)
    sums[lightest] += weights[thing]
  }
  return result
}

/// The pairs of a stretch of text with their noise, on piles by the parts of input and output.
private final class SkipGramPiles {
  private let sampler: WindowSampler
  private let inputParts: [UInt8]
  private let outputParts: [UInt8]
  private let parts: Int
  private let piles: [GroupBuffer]
  private var kept: [Int32] = []

  init(_ sampler: WindowSampler, inputParts: [UInt8], outputParts: [UInt8], parts: Int) {
    (self.sampler, self.inputParts, self.outputParts) = (sampler, inputParts, outputParts)
    self.parts = parts
    piles = (0..<parts * parts).map { _ in GroupBuffer() }
  }

  func pile(_ inputPart: Int, _ outputPart: Int) -> GroupBuffer {
    piles[inputPart * parts + outputPart]
  }

  func draw(_ vectors: WordVectors, _ sentences: Range<Int>, using random: inout Random) {
    let (negatives, drops) = (sampler.settings.negatives, sampler.settings.dropsTrueNeighbours)
    let words = vectors.length(of: sentences)
    let rows = words * 2 * sampler.settings.window * (negatives + 1)
    let writers = UnsafeMutablePointer<GroupWriter>.allocate(capacity: piles.count)
    defer { writers.deallocate() }
    for (number, pile) in piles.enumerated() {
      (writers + number).initialize(to: pile.reserve(groups: words, rows: rows))
    }
    vectors.corpus.text.withUnsafeBufferPointer { text in
      outputParts.withUnsafeBufferPointer { outputParts in
        sampler.noise.columns.withUnsafeBufferPointer { columns in
          for number in sentences {
            sampler.windows(vectors.sentence(number, in: text), kept: &kept, using: &random) {
              words, at, first, last, random in
              let row = writers + Int(inputParts[Int(words[at])]) &* parts
              for other in first...last where other != at {
                row[Int(outputParts[Int(words[other])])].append(words[other])
              }
              for part in 0..<parts { row[part].endPositives() }
              for other in first...last where other != at {
                for _ in 0..<negatives {
                  let drawn = NoiseDistribution.draw(columns, random.next())
                  // The true neighbour is no noise beside itself: such a draw is dropped.
                  if drops && drawn == words[other] { continue }
                  row[Int(outputParts[Int(drawn)])].append(drawn)
                }
              }
              for part in 0..<parts { row[part].endGroup(input: words[at]) }
            }
          }
        }
      }
    }
    for (number, pile) in piles.enumerated() { pile.finish(writers[number]) }
  }
}
