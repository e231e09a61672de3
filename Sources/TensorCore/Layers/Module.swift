/// A part of a model that holds parameters: a layer, a block of layers, or the whole model.
///
/// A module says what it is made of, by name; everything else follows from that: the list of its
/// parameters with their paths, copies, checkpoints, the summary.
///
/// ```swift
/// final class Encoder: Layer {
///   let blocks: [TransformerBlock]
///   let norm: LayerNorm
///   var parts: Parts { ["block": blocks, "norm": norm] }  // block0.attention.query.weight, …
///   …
/// }
/// ```
public protocol Module: AnyObject, Part {
  /// What the module is made of: its parameters, buffers and modules, each with its name.
  ///
  /// The order and the names are those of the checkpoints: a name that changes makes old files
  /// unreadable. What is nil is left out.
  var parts: Parts { get }

  /// An independent copy: training one of the two leaves the other alone.
  ///
  /// A module of modules clones each of them; a variable is cloned by `Variable.clone()`.
  func clone() -> Self
}

/// A module that turns one variable into another.
public protocol Layer: Module {
  /// Computes the layer's output.
  func callAsFunction(_ x: Variable) -> Variable
}

/// A module that computes something else in training than in use: dropout, batch norm.
public protocol TrainingDependent: Module {
  /// Whether the module is being trained; true at first.
  var isTraining: Bool { get set }
}

/// A variable of a module, with the path that leads to it, as `block0.attention.query.weight`.
public struct NamedVariable {
  /// The names on the way from the model to the variable, joined by dots.
  public let path: String
  /// The variable.
  public let variable: Variable

  /// Names a variable.
  public init(_ path: String, _ variable: Variable) {
    self.path = path
    self.variable = variable
  }

  /// Whether it is a bias, or the scale or shift of a normalisation: those are vectors, all other
  /// weights have two axes or more.
  ///
  /// Weight decay is usually kept off them.
  public var isVector: Bool { variable.shape.count < 2 }
}

extension Module {
  /// What is trained: the variables that need a gradient, in the order of the parts.
  ///
  /// A variable that two modules share is listed once, where it is met first.
  public var parameters: [NamedVariable] { variables.filter { $0.variable.needsGradient } }

  /// What is kept and saved with the parameters but not trained: the running statistics of batch norm.
  public var buffers: [NamedVariable] { variables.filter { !$0.variable.needsGradient } }

  /// The number of trained numbers.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.variable.value.count } }

  /// Switches this module and all within it to training, or to use.
  public func setTraining(_ isTraining: Bool) {
    for (_, part) in everyPart {
      if let module = part as? any TrainingDependent { module.isTraining = isTraining }
    }
  }

  /// Runs `body` with the module in use: no dropout, running statistics, and nothing recorded.
  ///
  /// This is also how a module is frozen: `let features = encoder.evaluating { encoder(x) }`, and its
  /// parameters are not given to the optimizer. Leaving out either half is a known mistake: without
  /// the first, batch norm still adapts to the new data; without the second, momentum and weight
  /// decay still move the weights.
  ///
  /// - Returns: what `body` returns; each module is then again in the mode it was in.
  public func evaluating<Result>(_ body: () throws -> Result) rethrows -> Result {
    let modules = everyPart.compactMap { $0.part as? any TrainingDependent }
    let modes = modules.map { $0.isTraining }
    defer { for (module, mode) in zip(modules, modes) { module.isTraining = mode } }
    for module in modules { module.isTraining = false }
    return try withoutGradient(body)
  }

  /// Takes over the parameters and buffers of a module that is built the same.
  public func copyParameters(
    from other: some Module, file: StaticString = #fileID, line: UInt = #line
  ) {
    let (mine, theirs) = (variables, other.variables)
    for (to, from) in zip(mine, theirs)
    where to.path != from.path || to.variable.shape != from.variable.shape {
      stop(
        "copyParameters",
        "\(from.path) \(from.variable.shape) does not fit \(to.path) \(to.variable.shape)",
        file: file, line: line)
    }
    if mine.count != theirs.count {
      stop(
        "copyParameters", "\(theirs.count) variables for \(mine.count)", file: file, line: line)
    }
    for (to, from) in zip(mine, theirs) { to.variable.value = from.variable.value }
  }

  /// Parameters and buffers.
  var variables: [NamedVariable] {
    var met: Set<ObjectIdentifier> = []
    return everyPart.compactMap { path, part in
      guard let variable = part as? Variable, met.insert(ObjectIdentifier(variable)).inserted
      else { return nil }
      return NamedVariable(path, variable)
    }
  }
}
