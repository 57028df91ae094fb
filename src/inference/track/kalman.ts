/**
 * One coordinate that moves at a nearly constant velocity, per frame, with the covariance of both.
 * The usual Kalman equations for the state (position, velocity), written out.
 */
export interface Motion {
  readonly position: number;
  readonly velocity: number;
  readonly positionVariance: number;
  readonly covariance: number;
  readonly velocityVariance: number;
}

export function startMotion(position: number, variance: number): Motion {
  return { position, velocity: 0, positionVariance: variance, covariance: 0, velocityVariance: 4 * variance };
}

/** One frame later. */
export function predict(motion: Motion, processVariance: number): Motion {
  const { position, velocity, positionVariance, covariance, velocityVariance } = motion;
  return {
    position: position + velocity,
    velocity,
    positionVariance: positionVariance + 2 * covariance + velocityVariance + processVariance,
    covariance: covariance + velocityVariance,
    velocityVariance: velocityVariance + processVariance,
  };
}

/** After the coordinate was measured. */
export function correct(motion: Motion, measured: number, measurementVariance: number): Motion {
  const total = motion.positionVariance + measurementVariance;
  const positionGain = motion.positionVariance / total;
  const velocityGain = motion.covariance / total;
  const surprise = measured - motion.position;
  return {
    position: motion.position + positionGain * surprise,
    velocity: motion.velocity + velocityGain * surprise,
    positionVariance: (1 - positionGain) * motion.positionVariance,
    covariance: (1 - positionGain) * motion.covariance,
    velocityVariance: motion.velocityVariance - velocityGain * motion.covariance,
  };
}
