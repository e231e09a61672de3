import CourseData
import TensorCore

/// REINFORCE (Williams 1992): −mean of (R − b) log π(a), whose gradient is the policy gradient's.
///
/// - Parameters:
///   - logits: `[batch, actions]`; their softmax is the policy π.
///   - actions: for each row the action that was tried.
///   - rewards: what each earned, R. A number that came from outside: no gradient flows through it.
///   - baseline: b, subtracted from each reward.
/// - Returns: the loss, of shape `[]`.
func reinforceLoss(
  _ logits: Variable, actions: [Int], rewards: [Float], baseline: Float
) -> Variable {
  let (batch, count) = (logits.shape[0], logits.shape[1])
  var advantages = Tensor([batch, count], fill: 0)  // R − b at the tried action, 0 elsewhere
  for (row, action) in actions.enumerated() { advantages[row, action] = rewards[row] - baseline }
  return -(Variable(advantages) * logSoftmax(logits)).sum() / Float(batch)
}

/// What a training by rewards came to.
struct Reinforced {
  let classifier: Classifier
  /// The mean reward of each step's guesses.
  var rewards: [Double] = []
}

/// The reinforcement teacher: the network names a picture and hears only "right" or "wrong".
///
/// `count` pictures can be asked about, as often as one likes. The baseline is the running mean of the
/// reward, or 0 without one.
func learnByReward(
  _ set: PictureSet, labels count: Int, steps: Int, hasBaseline: Bool = true, mine: Mine? = nil
) -> Reinforced {
  var random = Random(seed: set.seed)
  let classifier = Classifier(for: set, using: &random)
  let labelled = set.labelled(count)
  var result = Reinforced(classifier: classifier)
  var meanReward: Float = 1 / Float(set.classes)
  train(
    classifier.parameters, steps: steps, learningRate: 1e-3, title: "Rewards, \(count) labels"
  ) { _ in
    let batch = random.sample(min(32, count), of: labelled)
    let logits = classifier(set.x.gather(batch))
    let actions = sampledActions(logits, using: &random)
    let rewards = zip(actions, set.labels(batch)).map { $0 == $1 ? Float(1) : 0 }
    let baseline = hasBaseline ? meanReward : 0
    let mean = rewards.reduce(0, +) / Float(rewards.count)
    meanReward += 0.1 * (mean - meanReward)
    result.rewards.append(Double(mean))
    return mine?.policyLoss(logits, actions, rewards, baseline)
      ?? reinforceLoss(logits, actions: actions, rewards: rewards, baseline: baseline)
  }
  return result
}

/// Draws an action for each row of logits `[batch, actions]` from the policy.
func sampledActions(_ logits: Variable, using random: inout Random) -> [Int] {
  let (batch, count) = (logits.shape[0], logits.shape[1])
  let policy = softmax(logits.detached()).value.numbers
  return (0..<batch).map { row in
    random.index(weights: Array(policy[row * count..<(row + 1) * count]))
  }
}

/// The mean and the variance of REINFORCE's gradient for the logits, without sampling.
///
/// A policy has so few actions that all can be tried: the mean is Σₐ π(a) g(a), the variance
/// Σₐ π(a) ‖g(a)‖² − ‖mean‖², both exact.
struct GradientMoments {
  /// The mean gradient for each row of logits, row after row.
  let mean: [Float]
  /// The variance, all logits of a row together, averaged over the rows.
  let variance: Float

  /// Tries each action on each row.
  ///
  /// - Parameters:
  ///   - logits: `[batch, actions]`.
  ///   - right: for each row the action with reward 1; all others have 0.
  ///   - baseline: b.
  init(_ logits: Tensor, right: [Int], baseline: Float) {
    let (batch, count) = (logits.shape[0], logits.shape[1])
    let policy = softmax(Variable(logits)).value.numbers
    var sum = [Float](repeating: 0, count: batch * count)
    var squares: Float = 0
    for action in 0..<count {
      let leaf = Variable(logits, needsGradient: true)
      let rewards = right.map { $0 == action ? Float(1) : 0 }
      let actions = [Int](repeating: action, count: batch)
      // Times `batch`, since the loss is a mean over the rows and each row is a question of its own.
      (Float(batch) * reinforceLoss(leaf, actions: actions, rewards: rewards, baseline: baseline))
        .backward()
      let gradient = leaf.gradient!.numbers
      for place in gradient.indices {
        let probability = policy[place / count * count + action]
        sum[place] += probability * gradient[place]
        squares += probability * gradient[place] * gradient[place]
      }
    }
    mean = sum
    variance = (squares - sum.reduce(0) { $0 + $1 * $1 }) / Float(batch)
  }
}
