/// What a frozen layer makes of many examples, in batches: nothing is recorded for a gradient, and
/// batch norm uses the averages that it has.
///
/// - Parameters:
///   - layer: an encoder (for its features), a classifier (for logits).
///   - x: `[count, …]`.
/// - Returns: what the layer gives for each example, `[count, …]`.
public func frozen(_ layer: some Layer, _ x: Variable) -> Variable {
  layer.evaluating {
    concatenate(batches(x.shape[0], of: 250).map { layer(x.sliced(axis: 0, $0)) })
  }
}

/// Features of training and test examples that no probe changes: what an encoder is judged by.
///
/// ```swift
/// let features = Representation(encoder, training: pictures, test: testPictures)
/// features.probed(labels, testLabels, classes: 10)
/// nearestNeighbourAccuracy(features, labels, testLabels)
/// ```
public struct Representation {
  /// Of the training examples, `[count, width]`.
  public let training: Variable
  /// Of the test examples, `[count, width]`.
  public let test: Variable

  /// Takes features as they are.
  public init(training: Variable, test: Variable) {
    self.training = training
    self.test = test
  }

  /// What a frozen layer makes of the examples, both `[count, …]`.
  public init(_ layer: some Layer, training: Variable, test: Variable) {
    self.init(training: frozen(layer, training), test: frozen(layer, test))
  }

  /// The same through one layer more, such as a projection head.
  public func through(_ layer: some Layer) -> Representation {
    Representation(layer, training: training, test: test)
  }

  /// The test accuracy of a linear probe.
  ///
  /// - Parameters:
  ///   - labels: a label for each training example; the probe sees those at `labelled` alone.
  ///   - testLabels: a label for each test example.
  ///   - classes: the number of classes.
  ///   - labelled: the places of the training examples that have a label; nil for all.
  /// - Returns: the share of test examples that it names rightly.
  public func probed(
    _ labels: [Int], _ testLabels: [Int], classes: Int, labelled: [Int]? = nil
  ) -> Double {
    let labelled = labelled ?? Array(labels.indices)
    let probe = LinearProbe(
      training, labelled: labelled, labels: labelled.map { labels[$0] }, classes: classes)
    return accuracy(probe.predictions(test), testLabels)
  }
}
