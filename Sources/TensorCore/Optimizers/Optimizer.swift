/// Changes parameters so that a loss falls.
///
/// ```swift
/// let optimizer = Adam(model.parameters, learningRate: 1e-3)
/// let loss = crossEntropy(model(x), targets)
/// optimizer.clearGradients()
/// loss.backward()
/// optimizer.step()
/// ```
///
/// A step changes the parameters in place and leaves their gradients alone. A parameter without a
/// gradient (the loss did not depend on it) is left as it is, and the step does not count for it.
public protocol Optimizer: AnyObject {
  /// The parameters that are trained.
  var parameters: [NamedVariable] { get }
  /// The step size, which a schedule may change before each step.
  var learningRate: Float { get set }
  /// What the optimizer remembers from step to step.
  var memory: OptimizerMemory { get set }

  /// Changes each parameter by its gradient.
  func step()
}

extension Optimizer {
  /// Removes the gradients, so that the next `backward()` begins from nothing.
  public func clearGradients() {
    for parameter in parameters { parameter.variable.gradient = nil }
  }
}

/// What an optimizer remembers of each parameter: how many steps it made, and running averages.
public struct OptimizerMemory {
  /// For each parameter the number of steps made, those without a gradient not counted.
  public var steps: [Int]
  /// The averages by name (`velocity`; `mean` and `square` for Adam); each has one tensor for each
  /// parameter, in their order.
  public var averages: [String: [Tensor]]

  /// The averages of a name, whose shapes must be those of the parameters.
  subscript(name: String, for parameters: [NamedVariable]) -> [Tensor] {
    let tensors = averages[name] ?? []
    if steps.count != parameters.count || tensors.map(\.shape) != parameters.map(\.variable.shape) {
      fatalError("OptimizerMemory: the averages \"\(name)\" do not fit the parameters")
    }
    return tensors
  }
}

extension Optimizer {
  /// The parameters that have a gradient, each with its place among all and with that gradient.
  ///
  /// Stops where a parameter, its gradient and what is remembered of it differ in shape.
  func gradients(
    fitting averages: [Tensor], _ operation: String
  ) -> [(place: Int, parameter: NamedVariable, gradient: Tensor)] {
    parameters.enumerated().compactMap { place, parameter in
      guard let gradient = parameter.variable.gradient else { return nil }
      let shape = parameter.variable.shape
      if gradient.shape != shape {
        fatalError("\(operation): \(parameter.path) \(shape) has a gradient \(gradient.shape)")
      }
      let before = averages[place].shape
      if before != shape {
        fatalError(
          "\(operation): \(parameter.path) \(shape) was \(before) when the optimizer was made")
      }
      return (place, parameter, gradient)
    }
  }
}

extension NamedVariable {
  /// Lets `update` change the parameter and an average of it in place, range by range.
  ///
  /// `update` is told the range and where weights, average and gradient begin. Buffers are padded to
  /// whole vectors, so the last vector of a range may run over the end.
  func change(
    with average: inout Tensor, by gradient: Tensor,
    _ update: (_ range: Range<Int>, _ w: Pointer, _ average: Pointer, _ g: Pointer) -> Void
  ) {
    let (count, from) = (gradient.count, gradient.start)
    variable.value.withMutable { w in
      average.withMutable { average in
        parallelRanges(count, grain: 1 << 14, step: laneCount) { update($0, w, average, from) }
      }
    }
    withExtendedLifetime(gradient) {}
  }
}

/// Stops where two parameters have one path: their state could not be told apart in a checkpoint.
func checkPaths(
  _ parameters: [NamedVariable], _ operation: String, file: StaticString, line: UInt
) {
  var met: Set<String> = []
  for parameter in parameters where !met.insert(parameter.path).inserted {
    stop(
      operation,
      "two parameters have the path \(parameter.path); name the models: "
        + "([\"encoder\": encoder, \"head\": head] as Parts).parameters",
      file: file, line: line)
  }
}
