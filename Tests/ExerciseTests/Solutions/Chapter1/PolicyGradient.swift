import Checkers
import Foundation
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter1Functions) -> Void
) -> Specimen<Chapter1Functions> {
  .mutant("1.5", name, says: sentence, chapter1Solutions, change)
}

private func right(_ name: String, _ change: (inout Chapter1Functions) -> Void)
  -> Specimen<Chapter1Functions>
{
  .right("1.5", name, chapter1Solutions, change)
}

private func policy(_ logits: [Float]) -> [Float] {
  let powers = logits.map { exp($0 - logits.max()!) }
  return powers.map { $0 / powers.reduce(0, +) }
}

/// A step as a change of (reward, baseline, how the action's entry and the others follow from π).
private func step(
  gain: @escaping @Sendable (Float, Float) -> Float = { $0 - $1 },
  entry: @escaping @Sendable (_ isAction: Bool, _ own: Float, _ action: Float) -> Float = {
    isAction, own, _ in (isAction ? 1 : 0) - own
  }
) -> @Sendable ([Float], Int, Float, Float) -> [Float] {
  { logits, action, reward, baseline in
    let policy = policy(logits)
    return policy.indices.map {
      gain(reward, baseline) * entry($0 == action, policy[$0], policy[action])
    }
  }
}

let policyGradientSpecimens: [Specimen<Chapter1Functions>] = [
  right("the expected gradient by enumeration, with any baseline") {
    $0.expectedPolicyGradient = { logits, rewards in
      var sum = logits.map { _ in Float(0) }
      for (action, probability) in policy(logits).enumerated() {
        for (index, along) in step()(logits, action, rewards[action], 2.5).enumerated() {
          sum[index] += probability * along
        }
      }
      return sum
    }
  },
  right("the best baseline with the squared length written out") {
    $0.bestBaseline = { logits, rewards in
      let policy = policy(logits)
      var (above, below): (Double, Double) = (0, 0)
      for (action, reward) in rewards.enumerated() {
        let along = step()(logits, action, 1, 0)
        let weight = Double(policy[action]) * along.reduce(0) { $0 + Double($1 * $1) }
        above += weight * Double(reward)
        below += weight
      }
      return below == 0 ? zip(policy, rewards).reduce(0) { $0 + $1.0 * $1.1 } : Float(above / below)
    }
  },
  mutant("downhill", says: "away from reward") {
    $0.policyGradient = step(gain: { $1 - $0 })
  },
  mutant("without the baseline", says: "You left the baseline out") {
    $0.policyGradient = step(gain: { reward, _ in reward })
  },
  mutant("adds the baseline", says: "You added the baseline") {
    $0.policyGradient = step(gain: { $0 + $1 })
  },
  mutant("differentiates π instead of its logarithm", says: "not of its logarithm") {
    $0.policyGradient = step(entry: { isAction, own, action in
      action * ((isAction ? 1 : 0) - own)
    })
  },
  mutant("moves one logit", says: "the logit of the tried action alone") {
    $0.policyGradient = step(entry: { isAction, own, _ in isAction ? 1 - own : 0 })
  },
  mutant("forgets the softmax's sum", says: "You left out the softmax's sum") {
    $0.policyGradient = step(entry: { isAction, _, _ in isAction ? 1 : 0 })
  },
  mutant("the diagonal alone", says: "by its own logit alone") {
    $0.expectedPolicyGradient = { zip(policy($0), $1).map { $0 * (1 - $0) * $1 } }
  },
  mutant("π · R", says: "takes probability from the other actions") {
    $0.expectedPolicyGradient = { zip(policy($0), $1).map { $0 * $1 } }
  },
  mutant("subtracts the plain average", says: "You subtracted the plain average") {
    $0.expectedPolicyGradient = { logits, rewards in
      let average = rewards.reduce(0, +) / Float(rewards.count)
      return zip(policy(logits), rewards).map { $0 * ($1 - average) }
    }
  },
  mutant("the expected reward as the best baseline", says: "This is the expected reward") {
    $0.bestBaseline = { zip(policy($0), $1).reduce(0) { $0 + $1.0 * $1.1 } }
  },
  mutant("the average reward as the best baseline", says: "rare actions count as much") {
    $0.bestBaseline = { _, rewards in rewards.reduce(0, +) / Float(rewards.count) }
  },
  mutant("no baseline", says: "With 0 there is no baseline") { $0.bestBaseline = { _, _ in 0 } },
  mutant("1/π at the action", says: "is the slope of log π in π") {
    $0.policyGradient = step(entry: { isAction, own, _ in isAction ? 1 / own : 0 })
  },
  right("probabilities by log Σ exp, and squares summed up in Double") {
    @Sendable func probabilities(_ logits: [Float]) -> [Float] {
      let top = logits.max()!
      let whole = top + log(logits.map { exp($0 - top) }.reduce(0, +))
      return logits.map { exp($0 - whole) }
    }
    $0.policyGradient = { logits, action, reward, baseline in
      let policy = probabilities(logits)
      return policy.indices.map { (reward - baseline) * (($0 == action ? 1 : 0) - policy[$0]) }
    }
    $0.expectedPolicyGradient = { logits, rewards in
      let policy = probabilities(logits)
      // As a sum over pairs of actions.
      return policy.indices.map { i in
        policy.indices.map { policy[i] * policy[$0] * (rewards[i] - rewards[$0]) }.reduce(0, +)
      }
    }
  },
]
