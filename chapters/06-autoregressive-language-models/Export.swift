import CourseData
import Foundation
import TensorCore

/// A folder that Hugging Face `transformers` opens: `GPT2LMHeadModel.from_pretrained(folder)`.
///
/// GPT-2 has the same parts as the chapter's model, under other names. Its linear layers keep their
/// weights as `[inputs, outputs]`, as here, so nothing is transposed; its output layer is the table of
/// tokens, which is written once.
struct ExportFolder {
  let path: String
  static let files = ["model.safetensors", "config.json", "tokenizer.json"]

  /// Makes the folder ready.
  ///
  /// - Throws: `DataError` where it cannot be made or written to, or holds an export already.
  init(_ path: String) throws {
    self.path = path
    var isFolder: ObjCBool = true
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
      throw DataError(
        .unreadable, file: path, reason: "it is a file, not a folder", remedy: "name another one")
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw DataError(
        .unreadable, file: path, reason: "the folder cannot be made", remedy: "name another one")
    }
    for name in Self.files where FileManager.default.fileExists(atPath: path + "/" + name) {
      throw DataError(
        .unreadable, file: path, reason: "it holds a \(name), which stays as it is",
        remedy: "name a new folder")
    }
    // Found out now, and not after minutes of training.
    let trial = path + "/.\(UUID().uuidString)"
    guard FileManager.default.createFile(atPath: trial, contents: Data()) else {
      throw DataError(
        .unreadable, file: path, reason: "nothing can be written there", remedy: "name another one")
    }
    try? FileManager.default.removeItem(atPath: trial)
  }

  /// Writes a model and its tokenizer.
  ///
  /// - Throws: where a file cannot be written.
  func write(_ model: GPT, _ tokenizer: BytePairTokenizer) throws {
    var checkpoint = Checkpoint()
    checkpoint.metadata["format"] = "pt"
    for parameter in model.parameters {
      checkpoint["transformer." + Self.name(parameter.path)] = parameter.variable.value
    }
    try checkpoint.write(to: path + "/model.safetensors")
    try tokenizer.save(to: URL(fileURLWithPath: path + "/tokenizer.json"))
    try Self.configuration(model.sizes).write(
      toFile: path + "/config.json", atomically: true, encoding: .utf8)
  }

  /// GPT-2's name of a parameter.
  static func name(_ path: String) -> String {
    var name = path
    for (ours, theirs) in [
      ("tokens.", "wte."), ("positions.", "wpe."), ("attentionNorm.", "ln_1."),
      ("networkNorm.", "ln_2."), ("attention.queryKeyValue.", "attn.c_attn."),
      ("attention.output.", "attn.c_proj."), (".up.", ".mlp.c_fc."), (".down.", ".mlp.c_proj."),
    ] {
      name = name.replacing(ours, with: theirs)
    }
    if name.hasPrefix("norm.") { name = "ln_f." + name.dropFirst("norm.".count) }
    return name.replacing(/^block(\d+)/) { "h.\($0.output.1)" }
  }

  /// The sizes as `transformers` reads them; `gelu_new` is the tanh form of GELU.
  static func configuration(_ sizes: GPTSizes) -> String {
    """
    {
      "architectures": ["GPT2LMHeadModel"],
      "model_type": "gpt2",
      "vocab_size": \(sizes.vocabulary),
      "n_positions": \(sizes.context),
      "n_embd": \(sizes.width),
      "n_layer": \(sizes.layers),
      "n_head": \(sizes.heads),
      "activation_function": "gelu_new",
      "layer_norm_epsilon": 1e-05,
      "tie_word_embeddings": true,
      "bos_token_id": \(Corpus.endOfLine),
      "eos_token_id": \(Corpus.endOfLine)
    }

    """
  }
}
