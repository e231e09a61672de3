/// A linear probe: logistic regression on features that stay as they are.
///
/// How well it does says what the features hold already; a layer so simple cannot add much of its
/// own.
///
/// ```swift
/// let features = encoder.evaluating { encoder(pictures) }
/// let probe = LinearProbe(features, labelled: [4, 0, 7], labels: [1, 0, 1], classes: 2)
/// accuracy(probe.predictions(testFeatures), testLabels)
/// ```
///
/// It learns by AdamW (rate 0.03 at first, down to 0 along half a cosine; weight decay 0.1) from all
/// labelled features at once. No random number has a part in it. Where all labels are of one class, it
/// names that class for everything: there was nothing to tell apart.
public struct LinearProbe {
  private let mean: Variable
  private let scale: Variable
  private let layer: Linear
  /// The class of all labels, where there is only one.
  private let onlyClass: Int?

  /// Fits the layer to labelled features, all of them in each of `steps` updates.
  ///
  /// - Parameters:
  ///   - features: the features of all training examples, `[count, width]`. Bringing each to mean 0
  ///     and deviation 1 needs no labels, so all examples take part in that. No gradient reaches them.
  ///   - labelled: the places of the labelled ones.
  ///   - labels: their labels, 0..<classes, in the same order.
  ///   - classes: the number of classes.
  ///   - steps: the number of updates.
  ///   - file: the caller's file, for the message about wrong shapes.
  ///   - line: the caller's line.
  public init(
    _ features: Variable, labelled: [Int], labels: [Int], classes: Int, steps: Int = 300,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    if features.shape.count != 2 || labelled.count != labels.count {
      stop(
        "LinearProbe",
        "features \(features.shape), \(labelled.count) labelled places and \(labels.count) labels: "
          + "it needs [count, width] and a label for each place",
        file: file, line: line)
    }
    if labels.isEmpty || !labels.allSatisfy({ (0..<classes).contains($0) }) {
      stop(
        "LinearProbe",
        labels.isEmpty
          ? "no labels: a probe learns from one at least"
          : "labels \(labels.min()!) to \(labels.max()!) of \(classes) classes: they count from 0",
        file: file, line: line)
    }
    onlyClass = labels.allSatisfy { $0 == labels[0] } ? labels[0] : nil
    let features = features.detached()
    mean = features.mean(axis: 0)
    let deviation = squareRoot(square(features - mean).mean(axis: 0))
    // A feature that is the same everywhere says nothing; it stays 0.
    scale = 1 / (deviation + 1e-3 * deviation.mean() + 1e-12)
    // From zero, so that what no label speaks for stays undecided.
    layer = Linear(
      weight: Variable(Tensor([features.shape[1], classes], fill: 0), needsGradient: true),
      bias: Variable(Tensor([classes], fill: 0), needsGradient: true))
    let x = (features.gather(labelled) - mean) * scale
    let layer = layer
    AdamW(layer.parameters, learningRate: 3e-2, weightDecay: 0.1).minimise(
      WarmUpCosine(peak: 3e-2, warmUp: 0, total: steps)
    ) { _ in crossEntropy(layer(x), labels) }
  }

  /// The most likely class of each row of features `[count, width]`.
  public func predictions(_ features: Variable) -> [Int] {
    // The layer has seen no example against it; far from those that it saw it would still say another.
    if let onlyClass { return Array(repeating: onlyClass, count: features.shape[0]) }
    return withoutGradient { layer((features - mean) * scale) }.value.indicesOfMaximum()
  }
}
