import TensorCore

/// What stands between the representation h and the loss.
enum ProjectionKind: String, CaseIterable {
  /// Nothing: the loss sees h itself.
  case none
  /// A matrix.
  case linear
  /// A hidden layer with ReLU between two matrices, SimCLR's choice.
  case nonLinear = "non-linear"
}

/// SimCLR's projection head g: it turns h into z, on which the loss works, and is thrown away
/// afterwards.
final class ProjectionHead: Layer {
  let kind: ProjectionKind
  private let hidden: Linear?
  private let output: Linear?
  /// The length of z.
  let width: Int

  /// A head with random weights.
  ///
  /// - Parameters:
  ///   - inputs: the length of h.
  ///   - outputs: the length of z; a head of the kind `none` leaves that of h.
  ///   - kind: what the head consists of.
  ///   - random: where the weights come from.
  init(_ inputs: Int, _ outputs: Int, kind: ProjectionKind, using random: inout Random) {
    self.kind = kind
    hidden = kind == .nonLinear ? Linear(inputs, inputs, using: &random) : nil
    output = kind == .none ? nil : Linear(inputs, outputs, bias: false, using: &random)
    width = kind == .none ? inputs : outputs
  }

  private init(cloning head: ProjectionHead) {
    kind = head.kind
    hidden = head.hidden?.clone()
    output = head.output?.clone()
    width = head.width
  }

  var parts: Parts { ["hidden": hidden, "output": output] }

  /// z `[batch, width]` of h `[batch, inputs]`; its length is whatever it is.
  func callAsFunction(_ h: Variable) -> Variable {
    var z = h
    if let hidden { z = relu(hidden(z)) }
    if let output { z = output(z) }
    return z
  }

  func clone() -> ProjectionHead { ProjectionHead(cloning: self) }
}
