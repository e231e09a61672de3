import CourseData
import Foundation
import TensorCore
import Testing

@testable import chapter6

/// The Python that has `transformers`; nil where the environment names none.
nonisolated private let python: String? = {
  guard let path = ProcessInfo.processInfo.environment["SELFTAUGHT_PYTHON"] else { return nil }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: path)
  process.arguments = ["-c", "import transformers, torch, tokenizers"]
  process.standardError = FileHandle.nullDevice
  guard (try? process.run()) != nil else { return nil }
  process.waitUntilExit()
  return process.terminationStatus == 0 ? path : nil
}()

@Suite struct `GPT export` {
  private func exported(_ folder: String) throws -> (GPT, Corpus) {
    let corpus = try Corpus.stories(120, seed: 2, merges: 60, context: 32)
    var random = Random(seed: 1)
    let sizes = GPTSizes(
      vocabulary: corpus.vocabulary, context: 32, width: 32, heads: 4, layers: 2)
    let model = GPT(sizes, using: &random)
    // Large enough that a wrong form of GELU or a wrong order of norms would show.
    for parameter in model.parameters {
      let noise = Tensor(normal: parameter.variable.shape, deviation: 0.2, using: &random)
      parameter.variable.value = (Variable(parameter.variable.value) + Variable(noise)).value
    }
    try ExportFolder(folder).write(model, corpus.tokenizer)
    return (model, corpus)
  }

  private func temporaryFolder() -> String {
    NSTemporaryDirectory() + "chapter6-export-\(UUID().uuidString)"
  }

  @Test func `parameters have GPT-2's names`() {
    let names = [
      "tokens.weight": "wte.weight", "positions.weight": "wpe.weight",
      "block11.attentionNorm.bias": "h.11.ln_1.bias",
      "block0.attention.queryKeyValue.weight": "h.0.attn.c_attn.weight",
      "block0.attention.output.bias": "h.0.attn.c_proj.bias",
      "block3.networkNorm.weight": "h.3.ln_2.weight", "block3.up.weight": "h.3.mlp.c_fc.weight",
      "block3.down.bias": "h.3.mlp.c_proj.bias", "norm.weight": "ln_f.weight",
    ]
    for (ours, theirs) in names { #expect(ExportFolder.name(ours) == theirs) }
  }

  @Test func `a folder that holds an export is left as it is`() throws {
    let folder = temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try exported(folder)
    let before = try Data(contentsOf: URL(fileURLWithPath: folder + "/model.safetensors"))
    #expect(throws: DataError.self) { try ExportFolder(folder) }
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: folder + "/model.safetensors")) == before)
  }

  @Test(arguments: ["/proc/none", "/proc", "/dev/null"])
  func `a folder that cannot be written to is refused before anything is computed`(path: String) {
    let error = #expect(throws: DataError.self) { try ExportFolder(path) }
    #expect((path == "/dev/null") == (error?.reason == "it is a file, not a folder"))
  }

  @Test func `an empty folder is taken, and nothing is left in it before the export`() throws {
    let folder = temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = try ExportFolder(folder)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test(.enabled(if: python != nil, "needs SELFTAUGHT_PYTHON with transformers"))
  func `transformers opens the folder as GPT2LMHeadModel and gives the same scores`() throws {
    let folder = temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (model, corpus) = try exported(folder)
    let text = "One morning Mike went home. Once home he"
    let tokens = corpus.tokenizer.encode(text)
    let ours = model.logits(model.features([Array(tokens.prefix(32))])).value.numbers
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(python))
    process.arguments = [
      "-c",
      """
      import sys, torch
      from transformers import GPT2LMHeadModel
      from tokenizers import Tokenizer
      model, report = GPT2LMHeadModel.from_pretrained(sys.argv[1], output_loading_info=True)
      assert not report["missing_keys"] and not report["unexpected_keys"], report
      tokens = Tokenizer.from_file(sys.argv[1] + "/tokenizer.json").encode(sys.argv[2]).ids[:32]
      print(*tokens)
      with torch.no_grad(): print(*model.eval()(torch.tensor([tokens])).logits.flatten().tolist())
      """, folder, text,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      .split(separator: "\n")
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    try #require(lines.count == 2)
    #expect(lines[0].split(separator: " ").map { Int($0) } == tokens.prefix(32).map { $0 })
    let theirs = lines[1].split(separator: " ").compactMap { Float($0) }
    try #require(theirs.count == ours.count)
    // Scores up to some 30, from Float sums in other orders.
    #expect(zip(ours, theirs).allSatisfy { abs($0 - $1) < 1e-3 * max(1, abs($1)) })
  }
}
