import CourseData
import TensorCore

/// Pictures `[batch, size, size, channels]` in all four positions, and the quarter turns of each.
///
/// All four of a picture stand in one batch: with the same contents four times, only the position tells
/// the answers apart.
func inFourPositions(_ x: Variable) -> (pictures: Variable, quarters: [Int]) {
  let upwards = Array((0..<x.shape[1]).reversed())
  var positions = [x]
  for _ in 1..<4 {
    // Columns for rows mirrors at the diagonal; with the order of the rows reversed it is a turn.
    positions.append(positions[positions.count - 1].transposed(0, 2, 1, 3).gather(upwards, axis: 1))
  }
  return (concatenate(positions), (0..<4).flatMap { Array(repeating: $0, count: x.shape[0]) })
}

/// Trains an encoder to tell by how many quarters pictures are turned.
///
/// - Returns: the encoder with its head of four logits.
func fitTurns(
  _ encoder: Encoder, _ set: PictureSet, _ plan: PretextPlan, _ title: String,
  _ random: inout Random
) -> Predictor {
  let predictor = Predictor(encoder, side: set.training.width, outputs: 4)
  fit(predictor.parameters, plan: plan, title: title) {
    let some = set.batch(plan.batch / 4, &random)
    let (pictures, quarters) = inFourPositions(set.x.gather(some))
    return crossEntropy(predictor(pictures), quarters)
  }
  return predictor
}

/// Trains an encoder with all labels to name the kind of thing.
func fitKinds(
  _ encoder: Encoder, _ set: PictureSet, _ plan: PretextPlan, _ title: String,
  _ random: inout Random
) {
  let predictor = Predictor(encoder, side: set.training.width, outputs: set.classes)
  fit(predictor.parameters, plan: plan, title: title) {
    let some = set.batch(plan.batch, &random)
    return crossEntropy(predictor(set.x.gather(some)), set.labels(some))
  }
}

extension Predictor {
  /// The share of the positions of pictures `[count, size, size, 3]` that it tells.
  func accuracyOfTurns(_ x: Variable) -> Double {
    let (pictures, quarters) = inFourPositions(x)
    return accuracy(frozen(self, pictures).value.indicesOfMaximum(), quarters)
  }
}
