import CourseData
import Foundation
import TensorCore

/// Times the epochs of skip-gram with negative sampling; reading and counting the text is not timed.
func measureWordVectors(_ options: Options, _ report: inout Report) {
  let before = Parallel.threads
  Parallel.threads = options[.threads, before]
  defer { Parallel.threads = before }
  let corpus: WordCorpus
  do {
    let name = options.text ?? "stories"
    let lines =
      try options.text.map { try wordLines(ofFile: $0).lines }
      ?? wordLines(of: StoryWorld().text(characters: 2_000_000, seed: 1))
    corpus = try WordCorpus(lines, named: name)
  } catch {
    FileHandle.standardError.write(Data("benchmark: \(error)\n".utf8))
    exit(1)
  }
  let settings = WordVectorSettings(
    width: options[.width, 100], window: options[.window, 5], negatives: options[.negatives, 5],
    epochs: options[.epochs, 5])
  let vectors = WordVectors(corpus, settings, seed: 1)
  let clock = ContinuousClock()
  var started = clock.now
  var times: [Double] = []
  vectors.train { share in
    // Rounding must not hide the end of an epoch.
    guard share * Double(settings.epochs) > Double(times.count + 1) - 1e-9 else { return }
    times.append((clock.now - started) / .milliseconds(1))
    started = clock.now
  }
  if !vectors.input.numbers.allSatisfy(\.isFinite) { fatalError("the vectors are not finite") }
  report.add(
    "word2vec",
    [
      "width": settings.width, "window": settings.window, "negatives": settings.negatives,
      "epochs": settings.epochs, "words": corpus.count, "vocabulary": corpus.words.count,
    ], Timing(milliseconds: times), words: corpus.count)
}
