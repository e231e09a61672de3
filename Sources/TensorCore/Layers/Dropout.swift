/// A module that draws random numbers as it computes; checkpoints keep where its sequence stands.
public protocol Drawing: Module {
  /// Where the numbers come from.
  var random: Random { get set }
}

/// Sets each element to 0 with some probability while training.
///
/// From Srivastava et al. 2014. The others are divided by 1 − probability, so that nothing is left to do in use.
public final class Dropout: Layer, TrainingDependent, Drawing {
  /// The probability of an element to be dropped.
  public let probability: Float
  /// Where the decisions come from.
  public var random: Random
  /// Whether elements are dropped.
  public var isTraining = true

  /// Makes a layer with its own generator, split off the given one.
  public init(_ probability: Float, using random: inout Random) {
    self.probability = probability
    self.random = random.split()
  }

  private init(_ probability: Float, random: Random, isTraining: Bool) {
    self.probability = probability
    self.random = random
    self.isTraining = isTraining
  }

  /// Nothing: there are no parameters.
  public var parts: Parts { [:] }

  /// Drops elements while training, else returns `x`.
  public func callAsFunction(_ x: Variable) -> Variable {
    isTraining && probability > 0 ? dropout(x, probability, using: &random) : x
  }

  /// A layer that will draw the same numbers.
  public func clone() -> Dropout {
    Dropout(probability, random: random, isTraining: isTraining)
  }
}
