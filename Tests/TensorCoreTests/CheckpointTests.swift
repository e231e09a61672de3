import Foundation
import Testing

@testable import TensorCore

/// Where a file of the tests' fixtures is.
func fixturePath(_ name: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)").path
}

/// A new folder for the files of one test.
func temporaryFolder() throws -> String {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder.path
}

struct CheckpointTests {
  @Test func `a file written by Python's safetensors opens, with every number type`() throws {
    let file = try Checkpoint(contentsOf: fixturePath("types.safetensors"))
    let numbers: [Float] = [0, 1, -2, 3.5, -0.0, 65504, 0x1p-24]
    for name in ["F64", "F32", "F16"] {
      #expect(file[name]?.numbers.map(\.bitPattern) == numbers.map(\.bitPattern))
    }
    #expect(file["BF16"]?.numbers == [0, 1, -2, 3.5, -0.0, 65536, 0x1p-24])
    for name in ["I64", "I32", "I16", "I8"] {
      #expect(file[name]?.numbers == [0, 1, -2, 100, 7, 127, -128])
    }
    #expect(file["U8"]?.numbers == [0, 1, 255])
    #expect(file["BOOL"]?.numbers == [1, 0])
    let special = try #require(file["special"]?.numbers)
    #expect(special[0] == .infinity && special[1] == -.infinity && special[2].isNaN)
    #expect(file["scalar"] == Tensor(2.5))
    #expect(file["empty"]?.shape == [2, 0, 3])
    #expect(file["block0.weight"] == Tensor([2, 3], [0, 1, 2, 3, 4, 5]))
    #expect(file["naïve \"名前\" 😀\n"] == Tensor([1], [1]))
    #expect(file.metadata == ["made by": "Python's \"safetensors\"", "größe": "小\t😀"])
    #expect(file.tensors.count == 15)
  }

  @Test func `what is written is read again, bit for bit and in order`() throws {
    let path = try temporaryFolder() + "/a.safetensors"
    var file = Checkpoint()
    file["scalar"] = Tensor(.pi)
    file["special"] = Tensor([4], [.infinity, -.infinity, -0.0, .leastNonzeroMagnitude])
    file["empty"] = Tensor([0, 3], fill: 0)
    file["long"] = sample([3, 50_001])
    file["naïve \"名前\" 😀\n\\"] = Tensor([1], [1])
    file.metadata = ["note": "\u{1}\t\"", "größe": "小"]
    try file.write(to: path)
    let copy = try Checkpoint(contentsOf: path)
    #expect(copy.metadata == file.metadata)
    #expect(copy.tensors.map(\.name).sorted() == file.tensors.map(\.name).sorted())
    for (name, tensor) in file.tensors {
      #expect(copy[name]?.shape == tensor.shape)
      #expect(copy[name]?.numbers.map(\.bitPattern) == tensor.numbers.map(\.bitPattern))
    }
  }

  @Test func `names that differ in their bytes alone are two names`() throws {
    let path = try temporaryFolder() + "/a.safetensors"
    var file = Checkpoint()
    file["caf\u{E9}"] = Tensor(1)
    file["cafe\u{301}"] = Tensor(2)
    try file.write(to: path)
    let copy = try Checkpoint(contentsOf: path)
    #expect(copy.tensors.count == 2)
    #expect(copy["caf\u{E9}"] == Tensor(1) && copy["cafe\u{301}"] == Tensor(2))
  }

  @Test func `a tensor cannot have the name of the notes`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var file = Checkpoint()
      file["__metadata__"] = Tensor(1)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("Checkpoint: \"__metadata__\" is where the format keeps notes"))
  }

  /// A Python that has safetensors; `.ci/run` makes one and names it.
  static let python = ProcessInfo.processInfo.environment["SELFTAUGHT_PYTHON"]

  @Test(.enabled(if: python != nil, "SELFTAUGHT_PYTHON names a Python that has safetensors"))
  func `a file written here opens in Python's safetensors`() throws {
    let path = try temporaryFolder() + "/a.safetensors"
    var file = Checkpoint()
    file["block0.weight"] = Tensor([2, 3], [0, 1.5, -2, 3, 4, 0x1p-130])
    file["名前 \"\n"] = Tensor(7)
    file["empty"] = Tensor([2, 0], fill: 0)
    file.metadata = ["note": "größe \"1\""]
    try file.write(to: path)
    let script = """
      import sys, numpy
      from safetensors import safe_open
      with safe_open(sys.argv[1], framework="numpy") as file:
          assert sorted(file.keys()) == sorted(["block0.weight", "名前 \\"\\n", "empty"]), file.keys()
          assert file.metadata() == {"note": "größe \\"1\\""}, file.metadata()
          weight = file.get_tensor("block0.weight")
          assert weight.dtype == numpy.float32 and weight.shape == (2, 3)
          assert weight.tolist() == [[0, 1.5, -2], [3, 4, 2.0**-130]], weight
          assert file.get_tensor("名前 \\"\\n").shape == () and file.get_tensor("名前 \\"\\n") == 7
          assert file.get_tensor("empty").shape == (2, 0)
      """
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.python))
    process.arguments = ["-c", script, path]
    let messages = Pipe()
    process.standardError = messages
    try process.run()
    let text = messages.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(String(decoding: text, as: UTF8.self))")
  }

  @Test func `a model is saved and loaded, buffers too`() throws {
    let path = try temporaryFolder() + "/model.safetensors"
    var random = Random(seed: 1)
    func made() -> Sequential {
      Sequential(Linear(3, 4, using: &random), BatchNorm(4), Linear(4, 2, using: &random))
    }
    let (model, other) = (made(), made())
    let x = Variable(sample([5, 3]))
    _ = model(x)  // moves the running statistics
    try model.save(to: path)
    let address = other.parameters[0].variable
    try other.load(from: path)
    #expect(other.parameters[0].variable === address)
    #expect(other.evaluating { other(x) }.value == model.evaluating { model(x) }.value)
  }

  @Test func `a model that does not fit is left alone, and what does not fit is named`() throws {
    var random = Random(seed: 1)
    var file = Checkpoint()
    file.store(Sequential(Linear(3, 4, using: &random), Linear(4, 2, using: &random)), under: "")
    let model = Sequential(
      Linear(3, 4, using: &random), Linear(4, 5, bias: false, using: &random), LayerNorm(5))
    let before = model.parameters.map(\.variable.value)
    let error = #expect(throws: CheckpointError.self) {
      try file.load(into: model, under: "")
    }
    #expect(
      error?.description == """
        the checkpoint does not fit, nothing was changed: missing are "2.weight", "2.bias"; \
        of another shape are "1.weight" ([4, 2] in the file, [4, 5] here); not known here are \
        "1.bias". Build the model with the sizes it was saved with.
        """)
    #expect(model.parameters.map(\.variable.value) == before)
  }

  @Test func `one file holds several models, each under its name`() throws {
    var random = Random(seed: 1)
    let (encoder, head) = (Linear(2, 3, using: &random), Linear(3, 1, using: &random))
    var file = Checkpoint()
    file.store(["encoder": encoder, "head": head] as Parts, under: "")
    #expect(
      file.tensors.map(\.name) == ["encoder.weight", "encoder.bias", "head.weight", "head.bias"])
    let copy = Linear(2, 3, using: &random)
    try file.load(into: copy, under: "encoder")
    #expect(copy.weight.value == encoder.weight.value)
  }

  @Test func `a model and its optimizer come from one file without further names`() throws {
    let (run, other) = (Run(.adam), Run(.adam, seed: 2))
    _ = run.step()
    var file = Checkpoint()
    file.store(run.model)
    file.store(run.optimizer)
    try file.load(into: other.model)
    try file.load(into: other.optimizer)
    #expect(
      other.model.parameters.map(\.variable.value) == run.model.parameters.map(\.variable.value))
    #expect(other.optimizer.memory.averages == run.optimizer.memory.averages)
  }

  @Test func `random sequences go on where they stood, also between the two numbers of a pair`() {
    for draws in 0..<4 {
      var random = Random(seed: 5)
      for _ in 0..<draws { _ = random.normal() }
      var copy = Random(random.description)
      for _ in 0..<5 { #expect(copy?.normal() == random.normal()) }
      #expect(copy?.next() == random.next())
    }
    for text in ["", "1 2 3", "0 0 0 0", "1 2 3 4 x", "1 2 3 4 5 6", "1 2 3 g", "1  2 3 4"] {
      #expect(Random(text) == nil, "\(text)")
    }
  }

  @Test(arguments: OptimizerKind.allCases)
  func `a run that was saved and continued has the losses of one that ran through`(
    kind: OptimizerKind
  ) throws {
    let path = try temporaryFolder() + "/run.safetensors"
    let through = Run(kind)
    let all = (0..<10).map { _ in through.step() }

    let first = Run(kind)
    let before = (0..<5).map { _ in first.step() }
    try first.save(to: path)
    let second = Run(kind, seed: 2)  // other weights, until it is loaded
    try second.load(from: path)
    let after = (0..<5).map { _ in second.step() }
    #expect(before + after == all)
    #expect(
      second.model.parameters.map(\.variable.value)
        == through.model.parameters.map(\.variable.value))
  }

  @Test func `an optimizer of another kind is refused and left alone`() throws {
    let run = Run(.adam)
    _ = run.step()
    var file = Checkpoint()
    file.store(run.optimizer)
    let sgd = SGD(run.model.parameters, learningRate: 3)
    let error = #expect(throws: CheckpointError.self) { try file.load(into: sgd) }
    #expect(error?.description.contains("missing are \"optimizer.velocity.0.weight\"") == true)
    #expect(sgd.learningRate == 3)
  }
}

/// A small training run with all that has a state: dropout, batch norm, an optimizer, random data.
private final class Run {
  let model: Sequential
  let optimizer: any Optimizer
  var data = Random(seed: 7)

  init(_ kind: OptimizerKind, seed: UInt64 = 1) {
    var random = Random(seed: seed)
    model = Sequential(
      Linear(3, 8, using: &random), BatchNorm(8), Apply(tanh), Dropout(0.3, using: &random),
      Linear(8, 1, using: &random))
    optimizer = kind.make(model.parameters, decay: 0.01)
    optimizer.learningRate = 0.01
  }

  func step() -> Float {
    let x = Tensor(normal: [16, 3], using: &data)
    let loss = meanSquaredError(model(Variable(x)), Variable(x).sum(axis: 1, keepsAxis: true).value)
    optimizer.clearGradients()
    loss.backward()
    optimizer.step()
    return loss.value.number
  }

  func save(to path: String) throws {
    var file = Checkpoint()
    file.store(model, under: "model")
    file.store(optimizer)
    file.store(data, under: "data")
    try file.write(to: path)
  }

  func load(from path: String) throws {
    let file = try Checkpoint(contentsOf: path)
    try file.load(into: model, under: "model")
    try file.load(into: optimizer)
    data = try file.random("data")
  }
}
