import CourseData
import Foundation
import TensorCore
import Testing

@testable import chapter6

private func corpus() throws -> Corpus {
  try Corpus.stories(120, seed: 2, merges: 60, context: 16)
}

private func fresh(_ corpus: Corpus, steps: Int = 12) -> Pretraining {
  var random = Random(seed: 1)
  let sizes = GPTSizes(
    vocabulary: corpus.vocabulary, context: 16, width: 16, heads: 2, layers: 1)
  return Pretraining(
    GPT(sizes, using: &random), PretrainingPlan(steps: steps, batch: 2, evaluations: 4), seed: 7)
}

private func temporaryFolder() throws -> String {
  let path = NSTemporaryDirectory() + "chapter6-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  return path
}

@Suite struct `GPT pre-training` {
  // Measured at steps 3, 6, 9 and 12: stopped before the first point, between points, at one.
  @Test(arguments: [1, 5, 6])
  func `a run that was stopped goes on with the same losses`(stop: Int) throws {
    let corpus = try corpus()
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = RunFile(path: folder + "/run.safetensors", identity: "a test")
    let whole = fresh(corpus)
    try whole.run(on: corpus)

    let first = fresh(corpus)
    first.earlySample = "Once\nupon"
    try first.run(on: corpus, until: { first.step == stop })
    #expect(first.step == stop)
    #expect(first.points.count == stop / 3)
    try file.save(first)
    let second = fresh(corpus)
    try file.load(into: second)
    #expect(second.step == stop)
    #expect(second.earlySample == "Once\nupon")
    try second.run(on: corpus)
    #expect(second.points == whole.points)
    #expect(
      second.model.parameters.map(\.variable.value) == whole.model.parameters.map(\.variable.value))
  }

  @Test func `a damaged, foreign or missing file is refused, and stays as it is`() throws {
    let corpus = try corpus()
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/run.safetensors"
    let file = RunFile(path: path, identity: "a test")
    #expect(throws: RunFile.Problem.self) { try file.load(into: fresh(corpus)) }
    try file.save(fresh(corpus))
    #expect(throws: RunFile.Problem.self) {
      try RunFile(path: path, identity: "another").load(into: fresh(corpus))
    }
    let damaged = try Data(contentsOf: URL(fileURLWithPath: path)).dropLast(100)
    try damaged.write(to: URL(fileURLWithPath: path))
    #expect(throws: RunFile.Problem.self) { try file.load(into: fresh(corpus)) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == damaged)
  }

  @Test(arguments: [
    ("step", "13"), ("step", "9"), ("step", "-1"), ("step", ""), ("points", ""),
    ("points", "3 1 1"), ("points", "3 nan 1;6 1 1;9 1 1;12 1 1"),
    ("points", "1e30 1 1;6 1 1;9 1 1;12 1 1"), ("recent", "0 1"), ("recent", "nan 0"),
    ("seconds", "inf"),
  ])
  func `a file that says the impossible of its run is refused`(_ key: String, _ text: String) throws
  {
    let corpus = try corpus()
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = RunFile(path: folder + "/run.safetensors", identity: "a test")
    let run = fresh(corpus)
    try run.run(on: corpus)
    try file.save(run)
    try file.load(into: fresh(corpus))
    var checkpoint = try Checkpoint(contentsOf: file.path)
    checkpoint.metadata[key] = text
    try checkpoint.write(to: file.path)
    #expect(throws: RunFile.Problem.self) { try file.load(into: fresh(corpus)) }
  }

  @Test func `time of a pause is not the training's`() throws {
    let corpus = try corpus()
    let run = fresh(corpus)
    let start = ContinuousClock.now
    try run.run(on: corpus, pause: { Thread.sleep(forTimeInterval: 0.2) })
    let passed = (ContinuousClock.now - start) / .seconds(1)
    // Four pauses. How long the training took depends on what else the machine does.
    #expect(run.seconds < passed - 0.7)
  }

  @Test func `timing the bare step leaves the model as it was`() throws {
    let corpus = try corpus()
    let run = fresh(corpus)
    let before = run.model.parameters.map(\.variable.value)
    let bare = BareStep(run.model, [Array(corpus.training[..<17])])
    bare.measure(3)
    #expect(bare.secondsPerStep > 0)
    #expect(run.model.parameters.map(\.variable.value) == before)
  }

  @Test func `the loss falls`() throws {
    let corpus = try corpus()
    let run = fresh(corpus, steps: 60)
    try run.run(on: corpus)
    #expect(run.points.last!.validation < run.points.first!.validation - 0.5)
  }
}

@Suite struct `GPT fine-tuning` {
  private let form = InputForm(vocabulary: 30, context: 16)

  private func model() -> FineTuned {
    var random = Random(seed: 2)
    let sizes = GPTSizes(vocabulary: 30, context: 16, width: 16, heads: 2, layers: 2)
    return FineTuned(GPT(sizes, using: &random), classes: 1, using: &random)
  }

  private let question = InputForm(vocabulary: 30, context: 16).multipleChoice(
    [1, 2, 3], [[4], [5, 6], [7, 8, 9], [10]], answer: 2)

  @Test func `sequences have their marks and fit the context`() {
    #expect(form.classification([4, 5], answer: 0).sequences == [[30, 4, 5, 32]])
    #expect(form.entailment([4, 5], [6], answer: 1).sequences == [[30, 4, 5, 31, 6, 32]])
    let long = form.entailment(Array(0..<30), [6, 7], answer: 0).sequences[0]
    #expect(long.count == 16)
    #expect(long.suffix(5) == [29, 31, 6, 7, 32])
  }

  @Test func `choices in another order have their scores in that order`() {
    let model = model()
    let scores = model([question]).scores.value.numbers
    let order = [2, 0, 3, 1]
    let turned = Question(sequences: order.map { question.sequences[$0] }, answer: 0)
    let other = model([turned]).scores.value.numbers
    // Rows of one product; their place in it may change the order of no sum, but is not promised to.
    #expect(zip(order.map { scores[$0] }, other).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(Set(scores).count == 4)
  }

  @Test func `what fills a sequence up changes nothing`() {
    let model = model()
    let short = form.classification([1, 2], answer: 0)
    let alone = model([short]).scores.value.numbers[0]
    let filled = model([short, form.classification(Array(3..<15), answer: 0)]).scores.value
    // The same sums in products of other sizes.
    #expect(abs(alone - filled.numbers[0]) < 1e-6)
  }

  @Test func `without λ the loss is that of the answers, with it that of the text is added`() {
    let model = model()
    let answers = crossEntropy(model([question]).scores, [2]).value.number
    #expect(model.loss([question], lambda: 0).value.number == answers)
    let sequences = question.sequences
    let logs = sequences.map { sequence -> Float in
      let logs = logSoftmax(model.gpt.logits(model.gpt.features([sequence]))).value
      return (1..<sequence.count).map { -logs[0, $0 - 1, sequence[$0]] }.reduce(0, +)
    }
    let text = logs.reduce(0, +) / Float(sequences.map { $0.count - 1 }.reduce(0, +))
    // A mean of twenty numbers near 3.5.
    #expect(abs(model.loss([question], lambda: 0.5).value.number - answers - text / 2) < 1e-4)
  }

  @Test func `only the new tokens and the head are new`() {
    var random = Random(seed: 9)
    let sizes = GPTSizes(vocabulary: 30, context: 16, width: 16, heads: 2, layers: 1)
    let pretrained = GPT(sizes, using: &random)
    let tuned = FineTuned(pretrained, classes: 3, using: &random)
    let table = tuned.gpt.tokens.weight.value
    #expect(table.shape == [33, 16])
    #expect(table.numbers[..<(30 * 16)] == pretrained.tokens.weight.value.numbers[...])
    #expect(
      tuned.gpt.blocks.parametersOf == pretrained.blocks.parametersOf)
    // Training one leaves the other alone.
    #expect(tuned.gpt.blocks[0].up.weight !== pretrained.blocks[0].up.weight)
  }
}

extension [TransformerBlock] {
  fileprivate var parametersOf: [Tensor] {
    flatMap { $0.parameters.map(\.variable.value) }
  }
}

@Suite struct `A text file that is none` {
  @Test(arguments: [
    ("", "empty"), ("a\u{0}b", "zero bytes"),
    (String(repeating: "a", count: 9_000), "without white space"),
    (String(repeating: "a ", count: 40_000), "five different characters"),
    ("x", "five different characters"),
  ])
  func `is refused with what is wrong`(text: String, words: String) {
    #expect(
      throws: (any Error).self, performing: { try TextFile.text(of: Array(text.utf8), named: "f") })
    do throws(DataError) {
      _ = try TextFile.text(of: Array(text.utf8), named: "f")
    } catch {
      #expect(error.description.contains(words))
      #expect(error.description.hasPrefix("f: "))
    }
  }

  @Test func `bytes that are no UTF-8 are refused, a character that the end cuts is left out`() {
    let words = "na\u{EF}ve caf\u{E9}s – "
    let bytes = Array(String(repeating: words, count: 20).utf8)
    #expect(throws: DataError.self) {
      try TextFile.text(of: [0x80, 0x81, 0xFF, 0x20, 0x41, 0x42], named: "f")
    }
    #expect(throws: Never.self) {
      // The dash has three bytes and a space behind it.
      let text = try TextFile.text(of: Array(bytes.dropLast(2)), named: "f")
      #expect(text.hasSuffix("s "))
    }
  }

  @Test func `too little text is refused`() {
    #expect(throws: DataError.self) {
      try Corpus.text("One two three four five.", merges: 10, description: "f", context: 16)
    }
  }
}
