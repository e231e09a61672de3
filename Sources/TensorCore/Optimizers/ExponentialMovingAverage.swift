/// A second model that follows the first slowly: average ← d · average + (1 − d) · model.
///
/// The average of the weights over the last 1 / (1 − d) steps or so is often better than the last
/// weights (Polyak and Juditsky 1992); as a slowly moving teacher it carries methods such as BYOL and
/// MoCo.
public final class ExponentialMovingAverage<Model: Module> {
  /// The model that follows, a clone: evaluate it, or take its outputs as targets.
  public let average: Model
  /// The model that is followed.
  public let model: Model
  /// How much of the average is kept at each update, d.
  public var decay: Float

  private let pairs: [(average: Variable, model: Variable)]

  /// Follows `model`, beginning with a clone of it.
  ///
  /// - Parameters:
  ///   - model: the model that is trained.
  ///   - decay: how much of the average is kept at each update, 0 to 1.
  ///   - file: the caller's file, for the message about a model whose clone is made differently.
  ///   - line: the caller's line.
  public init(of model: Model, decay: Float, file: StaticString = #fileID, line: UInt = #line) {
    self.model = model
    self.decay = decay
    average = keepingShared { model.clone() }
    let (copies, originals) = (average.variables, model.variables)
    if !copies.elementsEqual(
      originals, by: { $0.path == $1.path && $0.variable.shape == $1.variable.shape })
    {
      stop(
        "ExponentialMovingAverage",
        "a clone of \(Model.self) has the variables \(copies.map(\.path)), the model has "
          + "\(originals.map(\.path))", file: file, line: line)
    }
    pairs = zip(copies, originals).map { ($0.variable, $1.variable) }
  }

  /// Moves the average towards the model, after an optimizer's step.
  ///
  /// Buffers, such as the running statistics of batch norm, are averages already and are taken over.
  public func update() {
    for (average, model) in pairs {
      if model.needsGradient {
        average.value.move(towards: model.value, by: 1 - decay)
      } else {
        average.value = model.value
      }
    }
  }
}

extension Tensor {
  /// Adds `share` of the difference to `other`, in place.
  mutating func move(towards other: Tensor, by share: Float) {
    if other.shape != shape {
      fatalError("ExponentialMovingAverage: an average \(shape) cannot follow \(other.shape)")
    }
    let (count, from) = (count, other.start)
    withMutable { x in
      parallelRanges(count, grain: 1 << 15) { range in
        let at = range.lowerBound
        map(range.count, x + at, from + at, to: x + at) { $0 + share * ($1 - $0) }
      }
    }
    withExtendedLifetime(other) {}
  }
}
