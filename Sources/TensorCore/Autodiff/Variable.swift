/// A tensor in a computation that can say how the result changes with it.
///
/// Each operation computes its value at once and, if one of its inputs needs a gradient, keeps a
/// *pullback*: a function that turns the gradient of the result into the gradients of the inputs.
/// `backward()` walks the operations from the last to the first and calls the pullbacks. That is all
/// there is to automatic differentiation in reverse mode.
///
/// ```swift
/// let w = Variable(Tensor([2], [3, 4]), needsGradient: true)
/// let loss = (w * w).sum()
/// loss.backward()
/// w.gradient  // 2 w = [6, 8]
/// ```
public final class Variable {
  /// The numbers.
  public var value: Tensor
  /// The gradient that `backward()` left here, of the value's shape; only leaves keep theirs.
  ///
  /// Every call of `backward()` adds to it. `Optimizer.clearGradients()` removes it.
  public var gradient: Tensor?
  /// Whether gradients flow to this variable: it is a parameter, or was computed from one.
  public let needsGradient: Bool

  private var inputs: [Variable] = []
  private var pullback: Pullback?
  /// Whether `backward()` has passed here and let the inputs go.
  private var isReleased = false
  private var isOrdered = false

  /// Turns the gradient of a result into those of its inputs, nil for inputs that need none.
  ///
  /// A pullback holds tensors and never variables, so the graph has no cycle, and a long chain of
  /// operations can be taken apart without recursion.
  typealias Pullback = (_ gradient: Tensor) -> [Tensor?]

  /// Makes a constant, or with `needsGradient` a leaf whose gradient is wanted: a parameter.
  public init(_ value: Tensor, needsGradient: Bool = false) {
    self.value = value
    self.needsGradient = needsGradient
  }

  /// Makes the result of an operation.
  ///
  /// The pullback must return one entry for each input, in the same order.
  init(_ value: Tensor, from inputs: [Variable], pullback: @escaping Pullback) {
    self.value = value
    needsGradient = Recording.isOn && inputs.contains { $0.needsGradient }
    if needsGradient {
      self.inputs = inputs
      self.pullback = pullback
    }
  }

  // Released one by one, a chain of 40,000 operations would recurse 40,000 deep.
  deinit {
    var chain = inputs
    inputs = []
    while var variable = chain.popLast() {
      if isKnownUniquelyReferenced(&variable) {
        chain += variable.inputs
        variable.inputs = []
      }
    }
  }

  /// The size along each axis.
  public var shape: [Int] { value.shape }

  /// The same numbers as a constant: no gradient flows through it (stop-gradient).
  public func detached() -> Variable { Variable(value) }

  /// Computes the gradient of this variable with respect to every leaf it was computed from.
  ///
  /// The variable must hold one number, unless the gradient with respect to it is given. The graph is
  /// released on the way, so that the optimizer can then change the parameters in place.
  public func backward(
    from gradient: Tensor? = nil, file: StaticString = #fileID, line: UInt = #line
  ) {
    if !needsGradient {
      stop("backward", "nothing that needs a gradient led here", file: file, line: line)
    }
    if gradient == nil && value.count != 1 {
      stop(
        "backward", "a loss is one number, but the shape is \(shape); sum it, or pass a gradient",
        file: file, line: line)
    }
    if let gradient, gradient.shape != shape {
      stop("backward", "gradient \(gradient.shape) for shape \(shape)", file: file, line: line)
    }
    var order = inputsFirst(file: file, line: line)
    receive(gradient ?? Tensor(shape, fill: 1))
    while let variable = order.popLast() {
      guard let pullback = variable.pullback, let gradient = variable.gradient else { continue }
      let inputs = variable.inputs
      variable.gradient = nil
      variable.pullback = nil
      variable.inputs = []
      variable.isReleased = true
      variable.isOrdered = false
      for (input, gradient) in zip(inputs, pullback(gradient)) {
        if let gradient, input.needsGradient { input.receive(gradient) }
      }
    }
  }

  /// Adds to the gradient; the first to come is kept as it is.
  private func receive(_ gradient: Tensor) {
    if self.gradient == nil {
      self.gradient = gradient
    } else {
      self.gradient!.add(gradient)
    }
  }

  /// All computed variables that this one depends on, each after its inputs.
  private func inputsFirst(file: StaticString, line: UInt) -> [Variable] {
    var order: [Variable] = []
    var path: [(variable: Variable, next: Int)] = [(self, 0)]
    isOrdered = pullback != nil
    while let (variable, next) = path.last {
      if variable.isReleased {
        stop(
          "backward", "another backward() has released this part of the graph", file: file,
          line: line)
      }
      if next < variable.inputs.count {
        path[path.count - 1].next += 1
        let input = variable.inputs[next]
        if input.needsGradient && !input.isOrdered {
          input.isOrdered = input.pullback != nil
          path.append((input, 0))
        }
      } else {
        path.removeLast()
        if variable.pullback != nil { order.append(variable) }
      }
    }
    return order
  }
}

/// Whether operations record how their results were made.
enum Recording {
  @TaskLocal static var isOn = true
}

/// Runs `body` without recording: results are constants, and nothing is kept for `backward()`.
///
/// - Returns: what `body` returns.
public func withoutGradient<Result>(_ body: () throws -> Result) rethrows -> Result {
  try Recording.$isOn.withValue(false, operation: body)
}

extension Tensor {
  /// Adds another tensor of the same shape, in place where nobody else holds these numbers.
  mutating func add(_ other: Tensor) {
    if other.shape != shape {
      fatalError("gradients of shapes \(shape) and \(other.shape) cannot be added; clear the first")
    }
    let count = count
    let from = other.start
    withMutable { to in
      parallelRanges(count, grain: 1 << 15) { range in
        let at = range.lowerBound
        map(range.count, to + at, from + at, to: to + at) { $0 + $1 }
      }
    }
    withExtendedLifetime(other) {}
  }
}
