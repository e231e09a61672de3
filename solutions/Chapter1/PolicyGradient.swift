// Exercise 1.5 · What a baseline changes (derive)
//
// A policy picks action a with probability π(a) = softmax(logits)ₐ and is paid R(a). REINFORCE raises
// the logits along (R − b) ∇ log π(a), for the one action that it tried. Take pen and paper: what is
// ∇ log π(a), what is the average of these steps, and which b makes them least noisy?
//
// Before you start: chapters/01-learning-paradigms/README.md, "Reinforcement learning".
// Check it with: swift run course check 1.5

import Exercises
import Foundation

/// The step of REINFORCE for one action that was tried: (reward − baseline) · ∇ log π(action).
///
/// The gradient is taken with respect to the logits and points uphill (towards more reward).
/// One number for each logit.
///
/// Example: logits `[0, 0]`, action 1, reward 3, baseline 1 → `[-1, 1]`.
///
/// Logits may be as large as 1,000: exp(1000) is not a `Float`.
public func policyGradient(
  logits: [Float], action: Int, reward: Float, baseline: Float
) throws -> [Float] {
  // Your answer begins here.
  let policy = softmax(logits)
  return policy.indices.map { index in
    (reward - baseline) * ((index == action ? 1 : 0) - policy[index])
  }
  // Your answer ends here.
}

/// The gradient of the expected reward J = Σₐ π(a) rewards[a] with respect to the logits, in closed form.
///
/// It is also the mean of `policyGradient` over the actions that the policy picks, whatever the
/// baseline: show it on paper first.
///
/// Example: logits `[0, 0]`, rewards `[1, 3]` → `[-0.5, 0.5]`.
public func expectedPolicyGradient(logits: [Float], rewards: [Float]) throws -> [Float] {
  // Your answer begins here.
  let policy = softmax(logits)
  let expectedReward = zip(policy, rewards).reduce(0) { $0 + $1.0 * $1.1 }
  return zip(policy, rewards).map { $0 * ($1 - expectedReward) }
  // Your answer ends here.
}

/// The baseline for which the steps of REINFORCE scatter least.
///
/// It minimises the total variance, the sum over all logits of the variance of `policyGradient` when
/// the action is picked by the policy. Its mean does not depend on b, so it is enough to minimise
/// Σₐ π(a) ‖policyGradient(a)‖². Where every baseline is equally good (one action only), it is the
/// expected reward.
///
/// Example: logits `[0, 0, 0]`, rewards `[0, 0, 6]` → 2. But logits `[1.0986, 0]` (that is π = ¾, ¼),
/// rewards `[0, 4]` → 3, while the expected reward is 1.
public func bestBaseline(logits: [Float], rewards: [Float]) throws -> Float {
  // Your answer begins here.
  let policy = softmax(logits)
  // How often an action is picked, times ‖∇ log π(a)‖²: the squared length of onehot(a) − π.
  let weights = policy.indices.map { action in
    let steps = policy.indices.map { ($0 == action ? 1 : 0) - policy[$0] }
    return policy[action] * steps.reduce(0) { $0 + $1 * $1 }
  }
  let weightSum = weights.reduce(0, +)
  if weightSum == 0 { return zip(policy, rewards).reduce(0) { $0 + $1.0 * $1.1 } }
  return zip(weights, rewards).reduce(0) { $0 + $1.0 * $1.1 } / weightSum
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.
private func softmax(_ logits: [Float]) -> [Float] {
  let largest = logits.max()!
  let powers = logits.map { exp($0 - largest) }
  let total = powers.reduce(0, +)
  return powers.map { $0 / total }
}
// Your answer ends here.
