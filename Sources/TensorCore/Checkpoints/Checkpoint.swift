/// Named tensors and notes, kept in a file of the safetensors format.
///
/// ```swift
/// try model.save(to: "model.safetensors")
/// try model.load(from: "model.safetensors")
/// ```
///
/// The files open in Python (`safetensors.torch.load_file`), and files written there open here; the
/// layout of the weights may differ (PyTorch's linear layer keeps `[outputs, inputs]`).
public struct Checkpoint: Sendable {
  /// The tensors, each with its name, in the order in which they were added.
  public private(set) var tensors: [(name: String, tensor: Tensor)] = []
  /// Notes beside the tensors: settings, steps made, where random sequences stand.
  public var metadata: [String: String] = [:]

  /// Where the tensors are, by their names' bytes.
  ///
  /// Swift's strings are equal where é is one character in one and two in the other; other programs
  /// tell such names apart.
  private var places: [[UInt8]: Int] = [:]

  /// Makes a checkpoint that holds nothing yet.
  public init() {}

  /// Reads a file.
  ///
  /// Numbers become 32-bit floating-point numbers: F16, BF16 and small integers exactly, F64 rounded.
  ///
  /// - Throws: `CheckpointError` if the file cannot be read, is damaged, or holds numbers beyond 32 bits.
  public init(contentsOf path: String) throws(CheckpointError) {
    self = try ByteSource.withFile(path) { source throws(CheckpointError) in
      try Checkpoint(source)
    }
  }

  /// Writes a file, or replaces it: whole or, if something goes wrong, not at all.
  ///
  /// - Throws: `CheckpointError.system` if the file cannot be written.
  public func write(to path: String) throws(CheckpointError) {
    try writeAtomically(to: path) { write throws(CheckpointError) in try encode(write) }
  }

  /// The tensor of a name; nil where there is none.
  public subscript(name: String) -> Tensor? {
    get { places[Array(name.utf8)].map { tensors[$0].tensor } }
    set {
      if name == "__metadata__" {
        fatalError(
          "Checkpoint: \"__metadata__\" is where the format keeps notes, not a tensor's name")
      }
      if let place = places[Array(name.utf8)] {
        if let newValue {
          tensors[place].tensor = newValue
        } else {
          tensors.remove(at: place)
          places = Dictionary(
            uniqueKeysWithValues: tensors.enumerated().map { (Array($1.name.utf8), $0) })
        }
      } else if let newValue {
        places[Array(name.utf8)] = tensors.count
        tensors.append((name, newValue))
      }
    }
  }
}

extension Module {
  /// Writes all parameters and buffers to a file.
  ///
  /// - Throws: `CheckpointError.system` if the file cannot be written.
  public func save(to path: String) throws(CheckpointError) {
    var checkpoint = Checkpoint()
    checkpoint.store(self, under: "")
    try checkpoint.write(to: path)
  }

  /// Takes all parameters and buffers from a file.
  ///
  /// - Throws: `CheckpointError`, with the model as it was, if the file cannot be read or its tensors
  ///   are not exactly those of this model.
  public func load(from path: String) throws(CheckpointError) {
    try Checkpoint(contentsOf: path).load(into: self, under: "")
  }
}

extension Checkpoint {
  /// Stores a module's parameters and buffers under their paths, after `prefix.` unless it is empty.
  ///
  /// Where the module's random sequences stand (dropout) is noted as well.
  public mutating func store(_ module: some Module, under prefix: String = "model") {
    for (path, variable) in module.variables.map({ ($0.path, $0.variable) }) {
      self[joined(prefix, path)] = variable.value
    }
    for (path, part) in module.everyPart {
      if let drawing = part as? any Drawing {
        metadata["random." + joined(prefix, path)] = drawing.random.description
      }
    }
  }

  /// Gives a module the parameters and buffers that were stored under `prefix`.
  ///
  /// Random sequences go on where they stood if the checkpoint notes it, else as they are.
  ///
  /// - Throws: `CheckpointError.doesNotFit`, with the module as it was, if a tensor is missing, has
  ///   another shape, or is not the module's.
  public func load(
    into module: some Module, under prefix: String = "model"
  ) throws(CheckpointError) {
    let wanted = module.variables.map {
      (name: joined(prefix, $0.path), variable: $0.variable)
    }
    try check(wanted.map { ($0.name, $0.variable.shape) }, under: prefix)
    var sequences: [(any Drawing, Random)] = []
    for (path, part) in module.everyPart {
      guard let drawing = part as? any Drawing,
        let text = metadata["random." + joined(prefix, path)]
      else { continue }
      guard let random = Random(text) else { throw noRandom(joined(prefix, path), text) }
      sequences.append((drawing, random))
    }
    for (name, variable) in wanted { variable.value = self[name]! }
    for (drawing, random) in sequences { drawing.random = random }
  }

  /// Stores what an optimizer remembers, for a run that is to be continued.
  public mutating func store(_ optimizer: some Optimizer, under prefix: String = "optimizer") {
    let memory = optimizer.memory
    for (name, tensors) in memory.averages.sorted(by: { $0.key < $1.key }) {
      for (parameter, tensor) in zip(optimizer.parameters, tensors) {
        self["\(prefix).\(name).\(parameter.path)"] = tensor
      }
    }
    metadata["\(prefix).steps"] = memory.steps.map(String.init).joined(separator: " ")
    metadata["\(prefix).learningRate"] = "\(optimizer.learningRate)"
  }

  /// Gives an optimizer what was stored under `prefix`, so that it goes on as if never stopped.
  ///
  /// - Throws: `CheckpointError.doesNotFit`, with the optimizer as it was, if the averages are not
  ///   those of its kind and its parameters.
  public func load(
    into optimizer: some Optimizer, under prefix: String = "optimizer"
  ) throws(CheckpointError) {
    var memory = optimizer.memory
    let names = memory.averages.keys.sorted()
    try check(
      names.flatMap { name in
        optimizer.parameters.map { ("\(prefix).\(name).\($0.path)", $0.variable.shape) }
      }, under: prefix)
    let steps = metadata["\(prefix).steps"]?.split(separator: " ").map { Int($0) ?? -1 }
    guard let steps, steps.count == optimizer.parameters.count, steps.allSatisfy({ $0 >= 0 }),
      let learningRate = metadata["\(prefix).learningRate"].flatMap({ Float($0) })
    else { throw .doesNotFit(problem: "\(prefix).steps and \(prefix).learningRate are not noted") }
    memory.steps = steps
    for name in names {
      memory.averages[name] = optimizer.parameters.map {
        self["\(prefix).\(name).\($0.path)"]!
      }
    }
    optimizer.memory = memory
    optimizer.learningRate = learningRate
  }

  /// Notes where a random sequence stands.
  public mutating func store(_ random: Random, under name: String) {
    metadata["random.\(name)"] = random.description
  }

  /// A random sequence that goes on where the noted one stood.
  ///
  /// - Throws: `CheckpointError.doesNotFit` if none is noted under this name.
  public func random(_ name: String) throws(CheckpointError) -> Random {
    guard let text = metadata["random.\(name)"] else {
      throw .doesNotFit(problem: "no random sequence \(shown(name)) is noted")
    }
    guard let random = Random(text) else { throw noRandom(name, text) }
    return random
  }

  private func noRandom(_ name: String, _ text: String) -> CheckpointError {
    .doesNotFit(problem: "\(shown(text)) is no state of the random sequence \(shown(name))")
  }

  /// Checks that the tensors under a prefix are exactly those wanted.
  private func check(
    _ wanted: [(name: String, shape: [Int])], under prefix: String
  ) throws(CheckpointError) {
    var problems: [String] = []
    func report(_ what: String, _ names: [String]) {
      if names.isEmpty { return }
      let more = names.count > 8 ? ", and \(names.count - 8) more" : ""
      problems.append("\(what) \(names.prefix(8).joined(separator: ", "))\(more)")
    }
    let start = prefix.isEmpty ? "" : prefix + "."
    let known = Set(wanted.map(\.name))
    report("missing are", wanted.filter { self[$0.name] == nil }.map { shown($0.name) })
    report(
      "of another shape are",
      wanted.compactMap { name, shape in
        guard let tensor = self[name], tensor.shape != shape else { return nil }
        return "\(shown(name)) (\(tensor.shape) in the file, \(shape) here)"
      })
    report(
      "not known here are",
      tensors.map(\.name).filter { $0.hasPrefix(start) && !known.contains($0) }.map(shown))
    if !problems.isEmpty { throw .doesNotFit(problem: problems.joined(separator: "; ")) }
  }

  private func joined(_ prefix: String, _ path: String) -> String {
    prefix.isEmpty ? path : path.isEmpty ? prefix : "\(prefix).\(path)"
  }
}
