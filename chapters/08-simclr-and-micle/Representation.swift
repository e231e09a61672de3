import CourseData
import TensorCore

/// What a frozen layer makes of many pictures, in batches: nothing is recorded, and batch norm uses
/// the averages that it has.
///
/// - Parameters:
///   - layer: an encoder (for h), a `ContrastiveModel` (for z on the unit sphere), a classifier
///     (for logits).
///   - x: `[count, …]`.
/// - Returns: `[count, width]`.
func frozen(_ layer: some Layer, _ x: Variable) -> Variable {
  layer.evaluating {
    concatenate(batches(x.shape[0], of: 250).map { layer(x.sliced(axis: 0, $0)) })
  }
}

/// Features of training and test pictures that no probe changes.
struct Representation {
  /// Of the training pictures, `[count, width]`.
  let training: Variable
  /// Of the test pictures, `[count, width]`.
  let test: Variable

  /// Takes features as they are.
  init(training: Variable, test: Variable) {
    self.training = training
    self.test = test
  }

  /// The pixels themselves.
  init(pixelsOf training: Pictures, _ test: Pictures) {
    let flat = { (pictures: Pictures) in
      Variable(pictures.tensor().reshaped([pictures.count, -1]))
    }
    self.init(training: flat(training), test: flat(test))
  }

  /// What a frozen layer makes of the pictures.
  init(_ layer: some Layer, _ training: Pictures, _ test: Pictures) {
    self.init(
      training: frozen(layer, Variable(training.tensor())),
      test: frozen(layer, Variable(test.tensor())))
  }

  /// The same through one layer more, such as the projection head.
  func through(_ layer: some Layer) -> Representation {
    Representation(training: frozen(layer, training), test: frozen(layer, test))
  }

  /// The test accuracy of a linear probe.
  ///
  /// - Parameters:
  ///   - labels: a label for each training picture; the probe sees those at `labelled` alone.
  ///   - testLabels: a label for each test picture.
  ///   - classes: the number of classes.
  ///   - labelled: which training pictures have a label; nil for all.
  /// - Returns: the share of test pictures that it names rightly.
  func probed(
    _ labels: [Int], _ testLabels: [Int], classes: Int, labelled: [Int]? = nil
  ) -> Double {
    let labelled = labelled ?? Array(labels.indices)
    let probe = LinearProbe(
      training, labelled: labelled, labels: labelled.map { labels[$0] }, classes: classes)
    return accuracy(probe.predictions(test), testLabels)
  }
}
